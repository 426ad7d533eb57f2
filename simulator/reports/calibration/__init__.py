"""What a calibration says: lines for a terminal, a page, and a table in reports of a calibrated model."""
