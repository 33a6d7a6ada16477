"""The long view: how much in all, how often, and what is watched for because of it."""
