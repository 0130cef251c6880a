#include "hub/domain/return_orders.hpp"
