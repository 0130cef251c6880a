#include "hub/domain/removal.hpp"
