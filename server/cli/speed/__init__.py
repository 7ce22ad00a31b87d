"""The instruments of `bench`. *Floor*: the same job with only HTTP and SQL. *Side*: one server being measured."""
