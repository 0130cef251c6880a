#include "hub/domain/eligibility.hpp"
