"""Formats of the IPTC, in which agencies send news."""
