# declared_test_connector(NAME SOURCES...): the cases of a generic connector's folder with its sample of configuration, and
# the schema check.
function(declared_test_connector name)
  set(sample ${CMAKE_CURRENT_BINARY_DIR}/sample.json)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/config.sample.yaml)
  execute_process(COMMAND ${Python3_EXECUTABLE} -c
    "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))[0]['config']))"
    ${CMAKE_CURRENT_SOURCE_DIR}/config.sample.yaml OUTPUT_FILE ${sample} COMMAND_ERROR_IS_FATAL ANY)
  add_executable(${name}_test ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/tests/cases_test.cpp ${ARGN})
  target_compile_definitions(${name}_test PRIVATE SAMPLE="${sample}" CASES="${CMAKE_CURRENT_SOURCE_DIR}/tests/cases")
  target_link_libraries(${name}_test PRIVATE ${name}_objects OrderHubSDK::testkit GTest::gtest_main)
  add_test(NAME ${name}_test COMMAND ${name}_test)
  add_test(NAME ${name}_schema COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/plugins/common/check_schemas.py
           ${PROJECT_SOURCE_DIR}/sdk/schemas ${CMAKE_CURRENT_SOURCE_DIR})
endfunction()
