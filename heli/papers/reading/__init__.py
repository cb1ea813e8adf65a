"""What a handed-over file is, by its content, and what is kept of it. Pure: no Django, no database, no keys.

Files come from strangers, and the libraries that read them are large. So `reading.apart` reads each in a process of
its own with little memory and time; when that one dies, the file is refused and nothing else happens.
"""
