from heli.access import door

from .models import Bulk, Export, SavedView

savedview_for = door(SavedView)
export_for = door(Export)
bulk_for = door(Bulk)
