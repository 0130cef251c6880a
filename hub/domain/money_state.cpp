#include "hub/domain/money_state.hpp"
