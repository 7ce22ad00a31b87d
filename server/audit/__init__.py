"""Who did what, when. *Audit event*: appended in the transaction of the act; chained per account by its hash."""
