"""What the bench compares with, and the pieces that it measures alone."""
