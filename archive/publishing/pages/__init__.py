"""What the pages show: pure functions from a connection to a snapshot to values of a page.

A module owns one page; its function takes the connection and what the address says, and returns a
frozen value that a template, or a JSON answer, is made of. None of them knows of Datasette, HTTP or
HTML. Each reads summary tables and indexes only, so that no page waits for a scan.
"""
