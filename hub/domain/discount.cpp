#include "hub/domain/discount.hpp"
