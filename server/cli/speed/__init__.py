"""The instruments of `bench`. *Side*: one server being measured. *Line*: one workload on every side in turn."""
