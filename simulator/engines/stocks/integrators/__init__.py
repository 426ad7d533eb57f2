"""Methods that carry stocks on by one step, one a file; compiled or as Python, with the same bits."""
