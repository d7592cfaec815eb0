"""The demonstration: a fictional landlord, its staff, older cases and new reports, on real servers."""
