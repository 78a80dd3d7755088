"""What waits for somebody: the work list and what could leave a household out.

It reads; refused files alone are written.
"""
