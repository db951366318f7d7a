"""What programs keep in a file by ordinary saving, told apart from what somebody put there."""
