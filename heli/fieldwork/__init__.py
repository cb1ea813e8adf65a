"""What households ask for: needs, whom they trust, whom they refuse. Who comes to help is decided in `dispatch`.

Clocks and priorities of needs never read whether somebody signed.
"""
