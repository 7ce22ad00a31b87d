"""The raw floor of `bench`: the measured routes with HTTP and SQL alone, as little as the job can cost."""
