from heli.access import door

from .models import Message

message_for = door(Message)
