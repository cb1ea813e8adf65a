"""Care of the machine: backup, restore, the keys under a passphrase, and what is missing or unsafe here.

Owns no rows and no pages. It reads the database as plain tables, so that an older one can be copied and told of, and
must not know what a household, a helper or a need is.
"""
