"""Going through a patient's medicines, and what they mean beside ketamine."""
