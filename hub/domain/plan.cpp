#include "hub/domain/plan.hpp"
