"""A check-in, from the first tap to the server: by finger and by key, before and after there is an account."""


from tests.browser.phone import Phone
from tests.browser.server import Server


def test_a_check_in_reaches_the_server_and_says_so(phone: Phone, server: Server) -> None:
    patient = server.register()
    phone.sign_in(patient)

    phone.rate("mood", 6)
    phone.rate("anxiety", 3)
    phone.write("The kettle sings again.")
    phone.save()
    phone.expect_state("Saved and sent")

    (record,) = server.check_ins(patient)
    assert record["values"]["mood"] == 6
    assert record["values"]["anxiety"] == 3
    assert record["values"]["note"] == "The kettle sings again."
    assert "dissociation" not in record["values"]
    assert record["values"].get("audience", "me") == "me"
