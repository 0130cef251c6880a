#include "hub/domain/tenders.hpp"
