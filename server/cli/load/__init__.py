"""Load on a server: bodies that never repeat, connections that stay busy, and what a server used meanwhile."""
