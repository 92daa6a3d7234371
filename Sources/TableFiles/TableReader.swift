import Legality
