#include "hub/domain/order.hpp"
