"""When to nudge. *Schedule*: when a reminder is due. *Occurrence*: one local day's. *Delivery*: what became of one.

One occurrence per patient, reminder, local day and slot, for good. Stands above journal, treatment and push.
"""
