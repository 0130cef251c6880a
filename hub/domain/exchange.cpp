#include "hub/domain/exchange.hpp"
