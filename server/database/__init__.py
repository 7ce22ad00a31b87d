"""Where tables live: one connection to write with, several to read with, and the schema's migrations.

A *verb* is an async function that runs as one transaction and awaits nothing but the database. On SQLite a verb is
driven to its end inside the writing thread, together with the verbs that wait beside it, and they share one commit;
on PostgreSQL it is a task of its own, so that nobody's cancelled request can cut it short.
"""
