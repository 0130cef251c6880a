#include "hub/domain/payments.hpp"
