#include "hub/domain/units.hpp"
