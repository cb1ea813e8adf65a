"""Programmes and blocks (征迁区块): what is redeveloped, when, on which land. Knows nothing of who lives there."""
