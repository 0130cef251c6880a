#include "hub/domain/fulfilment.hpp"
