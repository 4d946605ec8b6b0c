// Written by `npm run generate` from the contract. Do not edit.
// contract:list_training_catalog_endpoint request
var request = validate0;
var func0 = Object.prototype.hasOwnProperty;
function validate0(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.query !== void 0 && func0.call(data, "query")) {
      let data0 = data.query;
      if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
        for (const key0 of Object.keys(data0)) {
          if (!(key0 === "query" || key0 === "family" || key0 === "algorithm" || key0 === "min_size_b" || key0 === "max_size_b" || key0 === "limit")) {
            const err0 = { instancePath: instancePath + "/query", schemaPath: "#/properties/query/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 } };
            if (vErrors === null) {
              vErrors = [err0];
            } else {
              vErrors.push(err0);
            }
            errors++;
          }
        }
        if (data0.query !== void 0 && func0.call(data0, "query")) {
          let data1 = data0.query;
          const _errs5 = errors;
          let valid2 = false;
          const _errs6 = errors;
          if (typeof data1 !== "string") {
            const err1 = { instancePath: instancePath + "/query/query", schemaPath: "#/properties/query/properties/query/anyOf/0/type", keyword: "type", params: { type: "string" } };
            if (vErrors === null) {
              vErrors = [err1];
            } else {
              vErrors.push(err1);
            }
            errors++;
          }
          var _valid0 = _errs6 === errors;
          valid2 = valid2 || _valid0;
          if (!valid2) {
            const _errs8 = errors;
            if (data1 !== null) {
              const err2 = { instancePath: instancePath + "/query/query", schemaPath: "#/properties/query/properties/query/anyOf/1/type", keyword: "type", params: { type: "null" } };
              if (vErrors === null) {
                vErrors = [err2];
              } else {
                vErrors.push(err2);
              }
              errors++;
            }
            var _valid0 = _errs8 === errors;
            valid2 = valid2 || _valid0;
          }
          if (!valid2) {
            const err3 = { instancePath: instancePath + "/query/query", schemaPath: "#/properties/query/properties/query/anyOf", keyword: "anyOf", params: {} };
            if (vErrors === null) {
              vErrors = [err3];
            } else {
              vErrors.push(err3);
            }
            errors++;
          } else {
            errors = _errs5;
            if (vErrors !== null) {
              if (_errs5) {
                vErrors.length = _errs5;
              } else {
                vErrors = null;
              }
            }
          }
        }
        if (data0.family !== void 0 && func0.call(data0, "family")) {
          let data2 = data0.family;
          const _errs11 = errors;
          let valid3 = false;
          const _errs12 = errors;
          if (typeof data2 !== "string") {
            const err4 = { instancePath: instancePath + "/query/family", schemaPath: "#/properties/query/properties/family/anyOf/0/type", keyword: "type", params: { type: "string" } };
            if (vErrors === null) {
              vErrors = [err4];
            } else {
              vErrors.push(err4);
            }
            errors++;
          }
          var _valid1 = _errs12 === errors;
          valid3 = valid3 || _valid1;
          if (!valid3) {
            const _errs14 = errors;
            if (data2 !== null) {
              const err5 = { instancePath: instancePath + "/query/family", schemaPath: "#/properties/query/properties/family/anyOf/1/type", keyword: "type", params: { type: "null" } };
              if (vErrors === null) {
                vErrors = [err5];
              } else {
                vErrors.push(err5);
              }
              errors++;
            }
            var _valid1 = _errs14 === errors;
            valid3 = valid3 || _valid1;
          }
          if (!valid3) {
            const err6 = { instancePath: instancePath + "/query/family", schemaPath: "#/properties/query/properties/family/anyOf", keyword: "anyOf", params: {} };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          } else {
            errors = _errs11;
            if (vErrors !== null) {
              if (_errs11) {
                vErrors.length = _errs11;
              } else {
                vErrors = null;
              }
            }
          }
        }
        if (data0.algorithm !== void 0 && func0.call(data0, "algorithm")) {
          let data3 = data0.algorithm;
          const _errs17 = errors;
          let valid4 = false;
          const _errs18 = errors;
          if (typeof data3 !== "string") {
            const err7 = { instancePath: instancePath + "/query/algorithm", schemaPath: "#/properties/query/properties/algorithm/anyOf/0/type", keyword: "type", params: { type: "string" } };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
          }
          var _valid2 = _errs18 === errors;
          valid4 = valid4 || _valid2;
          if (!valid4) {
            const _errs20 = errors;
            if (data3 !== null) {
              const err8 = { instancePath: instancePath + "/query/algorithm", schemaPath: "#/properties/query/properties/algorithm/anyOf/1/type", keyword: "type", params: { type: "null" } };
              if (vErrors === null) {
                vErrors = [err8];
              } else {
                vErrors.push(err8);
              }
              errors++;
            }
            var _valid2 = _errs20 === errors;
            valid4 = valid4 || _valid2;
          }
          if (!valid4) {
            const err9 = { instancePath: instancePath + "/query/algorithm", schemaPath: "#/properties/query/properties/algorithm/anyOf", keyword: "anyOf", params: {} };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          } else {
            errors = _errs17;
            if (vErrors !== null) {
              if (_errs17) {
                vErrors.length = _errs17;
              } else {
                vErrors = null;
              }
            }
          }
        }
        if (data0.min_size_b !== void 0 && func0.call(data0, "min_size_b")) {
          let data4 = data0.min_size_b;
          const _errs23 = errors;
          let valid5 = false;
          const _errs24 = errors;
          if (!(typeof data4 == "number" && isFinite(data4))) {
            const err10 = { instancePath: instancePath + "/query/min_size_b", schemaPath: "#/properties/query/properties/min_size_b/anyOf/0/type", keyword: "type", params: { type: "number" } };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
          var _valid3 = _errs24 === errors;
          valid5 = valid5 || _valid3;
          if (!valid5) {
            const _errs26 = errors;
            if (data4 !== null) {
              const err11 = { instancePath: instancePath + "/query/min_size_b", schemaPath: "#/properties/query/properties/min_size_b/anyOf/1/type", keyword: "type", params: { type: "null" } };
              if (vErrors === null) {
                vErrors = [err11];
              } else {
                vErrors.push(err11);
              }
              errors++;
            }
            var _valid3 = _errs26 === errors;
            valid5 = valid5 || _valid3;
          }
          if (!valid5) {
            const err12 = { instancePath: instancePath + "/query/min_size_b", schemaPath: "#/properties/query/properties/min_size_b/anyOf", keyword: "anyOf", params: {} };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          } else {
            errors = _errs23;
            if (vErrors !== null) {
              if (_errs23) {
                vErrors.length = _errs23;
              } else {
                vErrors = null;
              }
            }
          }
        }
        if (data0.max_size_b !== void 0 && func0.call(data0, "max_size_b")) {
          let data5 = data0.max_size_b;
          const _errs29 = errors;
          let valid6 = false;
          const _errs30 = errors;
          if (!(typeof data5 == "number" && isFinite(data5))) {
            const err13 = { instancePath: instancePath + "/query/max_size_b", schemaPath: "#/properties/query/properties/max_size_b/anyOf/0/type", keyword: "type", params: { type: "number" } };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
          var _valid4 = _errs30 === errors;
          valid6 = valid6 || _valid4;
          if (!valid6) {
            const _errs32 = errors;
            if (data5 !== null) {
              const err14 = { instancePath: instancePath + "/query/max_size_b", schemaPath: "#/properties/query/properties/max_size_b/anyOf/1/type", keyword: "type", params: { type: "null" } };
              if (vErrors === null) {
                vErrors = [err14];
              } else {
                vErrors.push(err14);
              }
              errors++;
            }
            var _valid4 = _errs32 === errors;
            valid6 = valid6 || _valid4;
          }
          if (!valid6) {
            const err15 = { instancePath: instancePath + "/query/max_size_b", schemaPath: "#/properties/query/properties/max_size_b/anyOf", keyword: "anyOf", params: {} };
            if (vErrors === null) {
              vErrors = [err15];
            } else {
              vErrors.push(err15);
            }
            errors++;
          } else {
            errors = _errs29;
            if (vErrors !== null) {
              if (_errs29) {
                vErrors.length = _errs29;
              } else {
                vErrors = null;
              }
            }
          }
        }
        if (data0.limit !== void 0 && func0.call(data0, "limit")) {
          let data6 = data0.limit;
          if (!(typeof data6 == "number" && (!(data6 % 1) && !isNaN(data6)) && isFinite(data6))) {
            const err16 = { instancePath: instancePath + "/query/limit", schemaPath: "#/properties/query/properties/limit/type", keyword: "type", params: { type: "integer" } };
            if (vErrors === null) {
              vErrors = [err16];
            } else {
              vErrors.push(err16);
            }
            errors++;
          }
          if (typeof data6 == "number" && isFinite(data6)) {
            if (data6 > 100 || isNaN(data6)) {
              const err17 = { instancePath: instancePath + "/query/limit", schemaPath: "#/properties/query/properties/limit/maximum", keyword: "maximum", params: { comparison: "<=", limit: 100 } };
              if (vErrors === null) {
                vErrors = [err17];
              } else {
                vErrors.push(err17);
              }
              errors++;
            }
            if (data6 < 1 || isNaN(data6)) {
              const err18 = { instancePath: instancePath + "/query/limit", schemaPath: "#/properties/query/properties/limit/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } };
              if (vErrors === null) {
                vErrors = [err18];
              } else {
                vErrors.push(err18);
              }
              errors++;
            }
          }
        }
      } else {
        const err19 = { instancePath: instancePath + "/query", schemaPath: "#/properties/query/type", keyword: "type", params: { type: "object" } };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
    }
    if (data.path !== void 0 && func0.call(data, "path")) {
      let data7 = data.path;
      if (!(data7 && typeof data7 == "object" && !Array.isArray(data7))) {
        const err20 = { instancePath: instancePath + "/path", schemaPath: "#/properties/path/type", keyword: "type", params: { type: "object" } };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
    }
    if (data.header !== void 0 && func0.call(data, "header")) {
      let data8 = data.header;
      if (!(data8 && typeof data8 == "object" && !Array.isArray(data8))) {
        const err21 = { instancePath: instancePath + "/header", schemaPath: "#/properties/header/type", keyword: "type", params: { type: "object" } };
        if (vErrors === null) {
          vErrors = [err21];
        } else {
          vErrors.push(err21);
        }
        errors++;
      }
    }
    if (data.cookie !== void 0 && func0.call(data, "cookie")) {
      let data9 = data.cookie;
      if (!(data9 && typeof data9 == "object" && !Array.isArray(data9))) {
        const err22 = { instancePath: instancePath + "/cookie", schemaPath: "#/properties/cookie/type", keyword: "type", params: { type: "object" } };
        if (vErrors === null) {
          vErrors = [err22];
        } else {
          vErrors.push(err22);
        }
        errors++;
      }
    }
  } else {
    const err23 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } };
    if (vErrors === null) {
      vErrors = [err23];
    } else {
      vErrors.push(err23);
    }
    errors++;
  }
  validate0.errors = vErrors;
  return errors === 0;
}

// contract:list_training_catalog_endpoint responses
var body0 = validate02;
var func02 = Object.prototype.hasOwnProperty;
var schema3 = { "type": "object", "required": ["context_length", "display_name", "family", "size_b", "supported_algorithms", "tinker_id", "type"], "properties": { "tinker_id": { "type": "string" }, "display_name": { "type": "string" }, "family": { "type": ["string"] }, "type": { "type": ["string"] }, "size_b": { "type": "number", "minimum": 0.1 }, "context_length": { "type": "integer", "minimum": 1, "maximum": 9007199254740991 }, "extended_context": { "type": "boolean" }, "supported_algorithms": { "type": "array", "items": { "type": ["string"] } }, "pricing": { "anyOf": [{ "$ref": "definitions#/$defs/TrainingModelPricing" }, { "type": "null" }] } } };
function validate3(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if ((data.context_length === void 0 || !func02.call(data, "context_length")) && (missing0 = "context_length") || (data.display_name === void 0 || !func02.call(data, "display_name")) && (missing0 = "display_name") || (data.family === void 0 || !func02.call(data, "family")) && (missing0 = "family") || (data.size_b === void 0 || !func02.call(data, "size_b")) && (missing0 = "size_b") || (data.supported_algorithms === void 0 || !func02.call(data, "supported_algorithms")) && (missing0 = "supported_algorithms") || (data.tinker_id === void 0 || !func02.call(data, "tinker_id")) && (missing0 = "tinker_id") || (data.type === void 0 || !func02.call(data, "type")) && (missing0 = "type")) {
        validate3.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 } }];
        return false;
      } else {
        if (data.tinker_id !== void 0 && func02.call(data, "tinker_id")) {
          const _errs1 = errors;
          if (typeof data.tinker_id !== "string") {
            validate3.errors = [{ instancePath: instancePath + "/tinker_id", schemaPath: "#/properties/tinker_id/type", keyword: "type", params: { type: "string" } }];
            return false;
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.display_name !== void 0 && func02.call(data, "display_name")) {
            const _errs3 = errors;
            if (typeof data.display_name !== "string") {
              validate3.errors = [{ instancePath: instancePath + "/display_name", schemaPath: "#/properties/display_name/type", keyword: "type", params: { type: "string" } }];
              return false;
            }
            var valid0 = _errs3 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.family !== void 0 && func02.call(data, "family")) {
              const _errs5 = errors;
              if (typeof data.family !== "string") {
                validate3.errors = [{ instancePath: instancePath + "/family", schemaPath: "#/properties/family/type", keyword: "type", params: { type: schema3.properties.family.type } }];
                return false;
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.type !== void 0 && func02.call(data, "type")) {
                const _errs7 = errors;
                if (typeof data.type !== "string") {
                  validate3.errors = [{ instancePath: instancePath + "/type", schemaPath: "#/properties/type/type", keyword: "type", params: { type: schema3.properties.type.type } }];
                  return false;
                }
                var valid0 = _errs7 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.size_b !== void 0 && func02.call(data, "size_b")) {
                  let data4 = data.size_b;
                  const _errs9 = errors;
                  if (errors === _errs9) {
                    if (typeof data4 == "number" && isFinite(data4)) {
                      if (data4 < 0.1 || isNaN(data4)) {
                        validate3.errors = [{ instancePath: instancePath + "/size_b", schemaPath: "#/properties/size_b/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0.1 } }];
                        return false;
                      }
                    } else {
                      validate3.errors = [{ instancePath: instancePath + "/size_b", schemaPath: "#/properties/size_b/type", keyword: "type", params: { type: "number" } }];
                      return false;
                    }
                  }
                  var valid0 = _errs9 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.context_length !== void 0 && func02.call(data, "context_length")) {
                    let data5 = data.context_length;
                    const _errs11 = errors;
                    if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)) && isFinite(data5))) {
                      validate3.errors = [{ instancePath: instancePath + "/context_length", schemaPath: "#/properties/context_length/type", keyword: "type", params: { type: "integer" } }];
                      return false;
                    }
                    if (errors === _errs11) {
                      if (typeof data5 == "number" && isFinite(data5)) {
                        if (data5 > 9007199254740991 || isNaN(data5)) {
                          validate3.errors = [{ instancePath: instancePath + "/context_length", schemaPath: "#/properties/context_length/maximum", keyword: "maximum", params: { comparison: "<=", limit: 9007199254740991 } }];
                          return false;
                        } else {
                          if (data5 < 1 || isNaN(data5)) {
                            validate3.errors = [{ instancePath: instancePath + "/context_length", schemaPath: "#/properties/context_length/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
                            return false;
                          }
                        }
                      }
                    }
                    var valid0 = _errs11 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.extended_context !== void 0 && func02.call(data, "extended_context")) {
                      const _errs13 = errors;
                      if (typeof data.extended_context !== "boolean") {
                        validate3.errors = [{ instancePath: instancePath + "/extended_context", schemaPath: "#/properties/extended_context/type", keyword: "type", params: { type: "boolean" } }];
                        return false;
                      }
                      var valid0 = _errs13 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.supported_algorithms !== void 0 && func02.call(data, "supported_algorithms")) {
                        let data7 = data.supported_algorithms;
                        const _errs15 = errors;
                        if (errors === _errs15) {
                          if (Array.isArray(data7)) {
                            var valid1 = true;
                            const len0 = data7.length;
                            for (let i0 = 0; i0 < len0; i0++) {
                              const _errs17 = errors;
                              if (typeof data7[i0] !== "string") {
                                validate3.errors = [{ instancePath: instancePath + "/supported_algorithms/" + i0, schemaPath: "#/properties/supported_algorithms/items/type", keyword: "type", params: { type: schema3.properties.supported_algorithms.items.type } }];
                                return false;
                              }
                              var valid1 = _errs17 === errors;
                              if (!valid1) {
                                break;
                              }
                            }
                          } else {
                            validate3.errors = [{ instancePath: instancePath + "/supported_algorithms", schemaPath: "#/properties/supported_algorithms/type", keyword: "type", params: { type: "array" } }];
                            return false;
                          }
                        }
                        var valid0 = _errs15 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.pricing !== void 0 && func02.call(data, "pricing")) {
                          let data9 = data.pricing;
                          const _errs19 = errors;
                          const _errs20 = errors;
                          let valid2 = false;
                          const _errs21 = errors;
                          const _errs22 = errors;
                          if (errors === _errs22) {
                            if (data9 && typeof data9 == "object" && !Array.isArray(data9)) {
                              if (data9.prefill !== void 0 && func02.call(data9, "prefill")) {
                                let data10 = data9.prefill;
                                const _errs24 = errors;
                                const _errs25 = errors;
                                let valid5 = false;
                                const _errs26 = errors;
                                if (!(typeof data10 == "number" && isFinite(data10))) {
                                  const err0 = { instancePath: instancePath + "/pricing/prefill", schemaPath: "definitions#/$defs/TrainingModelPricing/properties/prefill/anyOf/0/type", keyword: "type", params: { type: "number" } };
                                  if (vErrors === null) {
                                    vErrors = [err0];
                                  } else {
                                    vErrors.push(err0);
                                  }
                                  errors++;
                                }
                                var _valid1 = _errs26 === errors;
                                valid5 = valid5 || _valid1;
                                if (!valid5) {
                                  const _errs28 = errors;
                                  if (data10 !== null) {
                                    const err1 = { instancePath: instancePath + "/pricing/prefill", schemaPath: "definitions#/$defs/TrainingModelPricing/properties/prefill/anyOf/1/type", keyword: "type", params: { type: "null" } };
                                    if (vErrors === null) {
                                      vErrors = [err1];
                                    } else {
                                      vErrors.push(err1);
                                    }
                                    errors++;
                                  }
                                  var _valid1 = _errs28 === errors;
                                  valid5 = valid5 || _valid1;
                                }
                                if (!valid5) {
                                  const err2 = { instancePath: instancePath + "/pricing/prefill", schemaPath: "definitions#/$defs/TrainingModelPricing/properties/prefill/anyOf", keyword: "anyOf", params: {} };
                                  if (vErrors === null) {
                                    vErrors = [err2];
                                  } else {
                                    vErrors.push(err2);
                                  }
                                  errors++;
                                } else {
                                  errors = _errs25;
                                  if (vErrors !== null) {
                                    if (_errs25) {
                                      vErrors.length = _errs25;
                                    } else {
                                      vErrors = null;
                                    }
                                  }
                                }
                                var valid4 = _errs24 === errors;
                              } else {
                                var valid4 = true;
                              }
                              if (valid4) {
                                if (data9.sample !== void 0 && func02.call(data9, "sample")) {
                                  let data11 = data9.sample;
                                  const _errs30 = errors;
                                  const _errs31 = errors;
                                  let valid6 = false;
                                  const _errs32 = errors;
                                  if (!(typeof data11 == "number" && isFinite(data11))) {
                                    const err3 = { instancePath: instancePath + "/pricing/sample", schemaPath: "definitions#/$defs/TrainingModelPricing/properties/sample/anyOf/0/type", keyword: "type", params: { type: "number" } };
                                    if (vErrors === null) {
                                      vErrors = [err3];
                                    } else {
                                      vErrors.push(err3);
                                    }
                                    errors++;
                                  }
                                  var _valid2 = _errs32 === errors;
                                  valid6 = valid6 || _valid2;
                                  if (!valid6) {
                                    const _errs34 = errors;
                                    if (data11 !== null) {
                                      const err4 = { instancePath: instancePath + "/pricing/sample", schemaPath: "definitions#/$defs/TrainingModelPricing/properties/sample/anyOf/1/type", keyword: "type", params: { type: "null" } };
                                      if (vErrors === null) {
                                        vErrors = [err4];
                                      } else {
                                        vErrors.push(err4);
                                      }
                                      errors++;
                                    }
                                    var _valid2 = _errs34 === errors;
                                    valid6 = valid6 || _valid2;
                                  }
                                  if (!valid6) {
                                    const err5 = { instancePath: instancePath + "/pricing/sample", schemaPath: "definitions#/$defs/TrainingModelPricing/properties/sample/anyOf", keyword: "anyOf", params: {} };
                                    if (vErrors === null) {
                                      vErrors = [err5];
                                    } else {
                                      vErrors.push(err5);
                                    }
                                    errors++;
                                  } else {
                                    errors = _errs31;
                                    if (vErrors !== null) {
                                      if (_errs31) {
                                        vErrors.length = _errs31;
                                      } else {
                                        vErrors = null;
                                      }
                                    }
                                  }
                                  var valid4 = _errs30 === errors;
                                } else {
                                  var valid4 = true;
                                }
                                if (valid4) {
                                  if (data9.train !== void 0 && func02.call(data9, "train")) {
                                    let data12 = data9.train;
                                    const _errs36 = errors;
                                    const _errs37 = errors;
                                    let valid7 = false;
                                    const _errs38 = errors;
                                    if (!(typeof data12 == "number" && isFinite(data12))) {
                                      const err6 = { instancePath: instancePath + "/pricing/train", schemaPath: "definitions#/$defs/TrainingModelPricing/properties/train/anyOf/0/type", keyword: "type", params: { type: "number" } };
                                      if (vErrors === null) {
                                        vErrors = [err6];
                                      } else {
                                        vErrors.push(err6);
                                      }
                                      errors++;
                                    }
                                    var _valid3 = _errs38 === errors;
                                    valid7 = valid7 || _valid3;
                                    if (!valid7) {
                                      const _errs40 = errors;
                                      if (data12 !== null) {
                                        const err7 = { instancePath: instancePath + "/pricing/train", schemaPath: "definitions#/$defs/TrainingModelPricing/properties/train/anyOf/1/type", keyword: "type", params: { type: "null" } };
                                        if (vErrors === null) {
                                          vErrors = [err7];
                                        } else {
                                          vErrors.push(err7);
                                        }
                                        errors++;
                                      }
                                      var _valid3 = _errs40 === errors;
                                      valid7 = valid7 || _valid3;
                                    }
                                    if (!valid7) {
                                      const err8 = { instancePath: instancePath + "/pricing/train", schemaPath: "definitions#/$defs/TrainingModelPricing/properties/train/anyOf", keyword: "anyOf", params: {} };
                                      if (vErrors === null) {
                                        vErrors = [err8];
                                      } else {
                                        vErrors.push(err8);
                                      }
                                      errors++;
                                    } else {
                                      errors = _errs37;
                                      if (vErrors !== null) {
                                        if (_errs37) {
                                          vErrors.length = _errs37;
                                        } else {
                                          vErrors = null;
                                        }
                                      }
                                    }
                                    var valid4 = _errs36 === errors;
                                  } else {
                                    var valid4 = true;
                                  }
                                }
                              }
                            } else {
                              const err9 = { instancePath: instancePath + "/pricing", schemaPath: "definitions#/$defs/TrainingModelPricing/type", keyword: "type", params: { type: "object" } };
                              if (vErrors === null) {
                                vErrors = [err9];
                              } else {
                                vErrors.push(err9);
                              }
                              errors++;
                            }
                          }
                          var _valid0 = _errs21 === errors;
                          valid2 = valid2 || _valid0;
                          if (!valid2) {
                            const _errs42 = errors;
                            if (data9 !== null) {
                              const err10 = { instancePath: instancePath + "/pricing", schemaPath: "#/properties/pricing/anyOf/1/type", keyword: "type", params: { type: "null" } };
                              if (vErrors === null) {
                                vErrors = [err10];
                              } else {
                                vErrors.push(err10);
                              }
                              errors++;
                            }
                            var _valid0 = _errs42 === errors;
                            valid2 = valid2 || _valid0;
                          }
                          if (!valid2) {
                            const err11 = { instancePath: instancePath + "/pricing", schemaPath: "#/properties/pricing/anyOf", keyword: "anyOf", params: {} };
                            if (vErrors === null) {
                              vErrors = [err11];
                            } else {
                              vErrors.push(err11);
                            }
                            errors++;
                            validate3.errors = vErrors;
                            return false;
                          } else {
                            errors = _errs20;
                            if (vErrors !== null) {
                              if (_errs20) {
                                vErrors.length = _errs20;
                              } else {
                                vErrors = null;
                              }
                            }
                          }
                          var valid0 = _errs19 === errors;
                        } else {
                          var valid0 = true;
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate3.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
      return false;
    }
  }
  validate3.errors = vErrors;
  return errors === 0;
}
function validate2(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if ((data.limit === void 0 || !func02.call(data, "limit")) && (missing0 = "limit") || (data.total === void 0 || !func02.call(data, "total")) && (missing0 = "total")) {
        validate2.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 } }];
        return false;
      } else {
        if (data.limit !== void 0 && func02.call(data, "limit")) {
          let data0 = data.limit;
          const _errs1 = errors;
          if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
            validate2.errors = [{ instancePath: instancePath + "/limit", schemaPath: "#/properties/limit/type", keyword: "type", params: { type: "integer" } }];
            return false;
          }
          if (errors === _errs1) {
            if (typeof data0 == "number" && isFinite(data0)) {
              if (data0 > 9007199254740991 || isNaN(data0)) {
                validate2.errors = [{ instancePath: instancePath + "/limit", schemaPath: "#/properties/limit/maximum", keyword: "maximum", params: { comparison: "<=", limit: 9007199254740991 } }];
                return false;
              } else {
                if (data0 < 1 || isNaN(data0)) {
                  validate2.errors = [{ instancePath: instancePath + "/limit", schemaPath: "#/properties/limit/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }];
                  return false;
                }
              }
            }
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.models !== void 0 && func02.call(data, "models")) {
            let data1 = data.models;
            const _errs3 = errors;
            if (errors === _errs3) {
              if (Array.isArray(data1)) {
                var valid1 = true;
                const len0 = data1.length;
                for (let i0 = 0; i0 < len0; i0++) {
                  const _errs5 = errors;
                  if (!validate3(data1[i0], { instancePath: instancePath + "/models/" + i0, parentData: data1, parentDataProperty: i0, rootData, dynamicAnchors })) {
                    vErrors = vErrors === null ? validate3.errors : vErrors.concat(validate3.errors);
                    errors = vErrors.length;
                  }
                  var valid1 = _errs5 === errors;
                  if (!valid1) {
                    break;
                  }
                }
              } else {
                validate2.errors = [{ instancePath: instancePath + "/models", schemaPath: "#/properties/models/type", keyword: "type", params: { type: "array" } }];
                return false;
              }
            }
            var valid0 = _errs3 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.total !== void 0 && func02.call(data, "total")) {
              let data3 = data.total;
              const _errs6 = errors;
              if (!(typeof data3 == "number" && (!(data3 % 1) && !isNaN(data3)) && isFinite(data3))) {
                validate2.errors = [{ instancePath: instancePath + "/total", schemaPath: "#/properties/total/type", keyword: "type", params: { type: "integer" } }];
                return false;
              }
              if (errors === _errs6) {
                if (typeof data3 == "number" && isFinite(data3)) {
                  if (data3 > 9007199254740991 || isNaN(data3)) {
                    validate2.errors = [{ instancePath: instancePath + "/total", schemaPath: "#/properties/total/maximum", keyword: "maximum", params: { comparison: "<=", limit: 9007199254740991 } }];
                    return false;
                  } else {
                    if (data3 < -9007199254740991 || isNaN(data3)) {
                      validate2.errors = [{ instancePath: instancePath + "/total", schemaPath: "#/properties/total/minimum", keyword: "minimum", params: { comparison: ">=", limit: -9007199254740991 } }];
                      return false;
                    }
                  }
                }
              }
              var valid0 = _errs6 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate2.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
      return false;
    }
  }
  validate2.errors = vErrors;
  return errors === 0;
}
function validate02(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  if (!validate2(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors })) {
    vErrors = vErrors === null ? validate2.errors : vErrors.concat(validate2.errors);
    errors = vErrors.length;
  }
  validate02.errors = vErrors;
  return errors === 0;
}
var body1 = validate6;
var schema6 = { "type": "object", "required": ["code", "detail", "type"], "properties": { "code": { "type": ["integer"], "maximum": 9007199254740991, "minimum": -9007199254740991 }, "detail": { "type": "string" }, "errors": { "anyOf": [{ "type": "array", "items": { "$ref": "definitions#/$defs/ValidationErrorItem" } }, { "type": "null" }] }, "type": { "type": ["string"] } } };
function validate7(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if ((data.code === void 0 || !func02.call(data, "code")) && (missing0 = "code") || (data.detail === void 0 || !func02.call(data, "detail")) && (missing0 = "detail") || (data.type === void 0 || !func02.call(data, "type")) && (missing0 = "type")) {
        validate7.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 } }];
        return false;
      } else {
        if (data.code !== void 0 && func02.call(data, "code")) {
          let data0 = data.code;
          const _errs1 = errors;
          if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
            validate7.errors = [{ instancePath: instancePath + "/code", schemaPath: "#/properties/code/type", keyword: "type", params: { type: schema6.properties.code.type } }];
            return false;
          }
          if (errors === _errs1) {
            if (typeof data0 == "number" && isFinite(data0)) {
              if (data0 > 9007199254740991 || isNaN(data0)) {
                validate7.errors = [{ instancePath: instancePath + "/code", schemaPath: "#/properties/code/maximum", keyword: "maximum", params: { comparison: "<=", limit: 9007199254740991 } }];
                return false;
              } else {
                if (data0 < -9007199254740991 || isNaN(data0)) {
                  validate7.errors = [{ instancePath: instancePath + "/code", schemaPath: "#/properties/code/minimum", keyword: "minimum", params: { comparison: ">=", limit: -9007199254740991 } }];
                  return false;
                }
              }
            }
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.detail !== void 0 && func02.call(data, "detail")) {
            const _errs3 = errors;
            if (typeof data.detail !== "string") {
              validate7.errors = [{ instancePath: instancePath + "/detail", schemaPath: "#/properties/detail/type", keyword: "type", params: { type: "string" } }];
              return false;
            }
            var valid0 = _errs3 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.errors !== void 0 && func02.call(data, "errors")) {
              let data2 = data.errors;
              const _errs5 = errors;
              const _errs6 = errors;
              let valid1 = false;
              const _errs7 = errors;
              if (errors === _errs7) {
                if (Array.isArray(data2)) {
                  var valid2 = true;
                  const len0 = data2.length;
                  for (let i0 = 0; i0 < len0; i0++) {
                    let data3 = data2[i0];
                    const _errs9 = errors;
                    const _errs10 = errors;
                    if (errors === _errs10) {
                      if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
                        let missing1;
                        if ((data3.loc === void 0 || !func02.call(data3, "loc")) && (missing1 = "loc") || (data3.msg === void 0 || !func02.call(data3, "msg")) && (missing1 = "msg") || (data3.type === void 0 || !func02.call(data3, "type")) && (missing1 = "type")) {
                          const err0 = { instancePath: instancePath + "/errors/" + i0, schemaPath: "definitions#/$defs/ValidationErrorItem/required", keyword: "required", params: { missingProperty: missing1 } };
                          if (vErrors === null) {
                            vErrors = [err0];
                          } else {
                            vErrors.push(err0);
                          }
                          errors++;
                        } else {
                          if (data3.loc !== void 0 && func02.call(data3, "loc")) {
                            let data4 = data3.loc;
                            const _errs12 = errors;
                            if (errors === _errs12) {
                              if (Array.isArray(data4)) {
                                var valid5 = true;
                                const len1 = data4.length;
                                for (let i1 = 0; i1 < len1; i1++) {
                                  let data5 = data4[i1];
                                  const _errs14 = errors;
                                  const _errs15 = errors;
                                  let valid6 = false;
                                  const _errs16 = errors;
                                  if (typeof data5 !== "string") {
                                    const err1 = { instancePath: instancePath + "/errors/" + i0 + "/loc/" + i1, schemaPath: "definitions#/$defs/ValidationErrorItem/properties/loc/items/anyOf/0/type", keyword: "type", params: { type: "string" } };
                                    if (vErrors === null) {
                                      vErrors = [err1];
                                    } else {
                                      vErrors.push(err1);
                                    }
                                    errors++;
                                  }
                                  var _valid1 = _errs16 === errors;
                                  valid6 = valid6 || _valid1;
                                  if (!valid6) {
                                    const _errs18 = errors;
                                    if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)) && isFinite(data5))) {
                                      const err2 = { instancePath: instancePath + "/errors/" + i0 + "/loc/" + i1, schemaPath: "definitions#/$defs/ValidationErrorItem/properties/loc/items/anyOf/1/type", keyword: "type", params: { type: "integer" } };
                                      if (vErrors === null) {
                                        vErrors = [err2];
                                      } else {
                                        vErrors.push(err2);
                                      }
                                      errors++;
                                    }
                                    if (errors === _errs18) {
                                      if (typeof data5 == "number" && isFinite(data5)) {
                                        if (data5 > 9007199254740991 || isNaN(data5)) {
                                          const err3 = { instancePath: instancePath + "/errors/" + i0 + "/loc/" + i1, schemaPath: "definitions#/$defs/ValidationErrorItem/properties/loc/items/anyOf/1/maximum", keyword: "maximum", params: { comparison: "<=", limit: 9007199254740991 } };
                                          if (vErrors === null) {
                                            vErrors = [err3];
                                          } else {
                                            vErrors.push(err3);
                                          }
                                          errors++;
                                        } else {
                                          if (data5 < -9007199254740991 || isNaN(data5)) {
                                            const err4 = { instancePath: instancePath + "/errors/" + i0 + "/loc/" + i1, schemaPath: "definitions#/$defs/ValidationErrorItem/properties/loc/items/anyOf/1/minimum", keyword: "minimum", params: { comparison: ">=", limit: -9007199254740991 } };
                                            if (vErrors === null) {
                                              vErrors = [err4];
                                            } else {
                                              vErrors.push(err4);
                                            }
                                            errors++;
                                          }
                                        }
                                      }
                                    }
                                    var _valid1 = _errs18 === errors;
                                    valid6 = valid6 || _valid1;
                                  }
                                  if (!valid6) {
                                    const err5 = { instancePath: instancePath + "/errors/" + i0 + "/loc/" + i1, schemaPath: "definitions#/$defs/ValidationErrorItem/properties/loc/items/anyOf", keyword: "anyOf", params: {} };
                                    if (vErrors === null) {
                                      vErrors = [err5];
                                    } else {
                                      vErrors.push(err5);
                                    }
                                    errors++;
                                  } else {
                                    errors = _errs15;
                                    if (vErrors !== null) {
                                      if (_errs15) {
                                        vErrors.length = _errs15;
                                      } else {
                                        vErrors = null;
                                      }
                                    }
                                  }
                                  var valid5 = _errs14 === errors;
                                  if (!valid5) {
                                    break;
                                  }
                                }
                              } else {
                                const err6 = { instancePath: instancePath + "/errors/" + i0 + "/loc", schemaPath: "definitions#/$defs/ValidationErrorItem/properties/loc/type", keyword: "type", params: { type: "array" } };
                                if (vErrors === null) {
                                  vErrors = [err6];
                                } else {
                                  vErrors.push(err6);
                                }
                                errors++;
                              }
                            }
                            var valid4 = _errs12 === errors;
                          } else {
                            var valid4 = true;
                          }
                          if (valid4) {
                            if (data3.msg !== void 0 && func02.call(data3, "msg")) {
                              const _errs20 = errors;
                              if (typeof data3.msg !== "string") {
                                const err7 = { instancePath: instancePath + "/errors/" + i0 + "/msg", schemaPath: "definitions#/$defs/ValidationErrorItem/properties/msg/type", keyword: "type", params: { type: "string" } };
                                if (vErrors === null) {
                                  vErrors = [err7];
                                } else {
                                  vErrors.push(err7);
                                }
                                errors++;
                              }
                              var valid4 = _errs20 === errors;
                            } else {
                              var valid4 = true;
                            }
                            if (valid4) {
                              if (data3.type !== void 0 && func02.call(data3, "type")) {
                                const _errs22 = errors;
                                if (typeof data3.type !== "string") {
                                  const err8 = { instancePath: instancePath + "/errors/" + i0 + "/type", schemaPath: "definitions#/$defs/ValidationErrorItem/properties/type/type", keyword: "type", params: { type: "string" } };
                                  if (vErrors === null) {
                                    vErrors = [err8];
                                  } else {
                                    vErrors.push(err8);
                                  }
                                  errors++;
                                }
                                var valid4 = _errs22 === errors;
                              } else {
                                var valid4 = true;
                              }
                            }
                          }
                        }
                      } else {
                        const err9 = { instancePath: instancePath + "/errors/" + i0, schemaPath: "definitions#/$defs/ValidationErrorItem/type", keyword: "type", params: { type: "object" } };
                        if (vErrors === null) {
                          vErrors = [err9];
                        } else {
                          vErrors.push(err9);
                        }
                        errors++;
                      }
                    }
                    var valid2 = _errs9 === errors;
                    if (!valid2) {
                      break;
                    }
                  }
                } else {
                  const err10 = { instancePath: instancePath + "/errors", schemaPath: "#/properties/errors/anyOf/0/type", keyword: "type", params: { type: "array" } };
                  if (vErrors === null) {
                    vErrors = [err10];
                  } else {
                    vErrors.push(err10);
                  }
                  errors++;
                }
              }
              var _valid0 = _errs7 === errors;
              valid1 = valid1 || _valid0;
              if (!valid1) {
                const _errs24 = errors;
                if (data2 !== null) {
                  const err11 = { instancePath: instancePath + "/errors", schemaPath: "#/properties/errors/anyOf/1/type", keyword: "type", params: { type: "null" } };
                  if (vErrors === null) {
                    vErrors = [err11];
                  } else {
                    vErrors.push(err11);
                  }
                  errors++;
                }
                var _valid0 = _errs24 === errors;
                valid1 = valid1 || _valid0;
              }
              if (!valid1) {
                const err12 = { instancePath: instancePath + "/errors", schemaPath: "#/properties/errors/anyOf", keyword: "anyOf", params: {} };
                if (vErrors === null) {
                  vErrors = [err12];
                } else {
                  vErrors.push(err12);
                }
                errors++;
                validate7.errors = vErrors;
                return false;
              } else {
                errors = _errs6;
                if (vErrors !== null) {
                  if (_errs6) {
                    vErrors.length = _errs6;
                  } else {
                    vErrors = null;
                  }
                }
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.type !== void 0 && func02.call(data, "type")) {
                const _errs26 = errors;
                if (typeof data.type !== "string") {
                  validate7.errors = [{ instancePath: instancePath + "/type", schemaPath: "#/properties/type/type", keyword: "type", params: { type: schema6.properties.type.type } }];
                  return false;
                }
                var valid0 = _errs26 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate7.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" } }];
      return false;
    }
  }
  validate7.errors = vErrors;
  return errors === 0;
}
function validate6(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) {
  let vErrors = null;
  let errors = 0;
  if (!validate7(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors })) {
    vErrors = vErrors === null ? validate7.errors : vErrors.concat(validate7.errors);
    errors = vErrors.length;
  }
  validate6.errors = vErrors;
  return errors === 0;
}

// contract:list_training_catalog_endpoint
var lists_body0 = [{ "allOf": [1] }, { "allOf": [2] }, { "properties": { "models": 3 } }, { "items": 4 }, { "allOf": [5] }, { "properties": { "family": 6, "type": 7, "supported_algorithms": 8 } }, { "values": ["llama", "qwen"] }, { "values": ["dense", "moe"] }, { "items": 9 }, { "values": ["sft", "importance_sampling", "ppo"] }];
var lists_body1 = [{ "allOf": [1] }, { "allOf": [2] }, { "properties": { "code": 3, "type": 4 } }, { "values": [400, 401, 403, 404, 409, 422, 426, 429, 500, 502, 504] }, { "values": ["already_exists_error", "app_error", "authentication_error", "conflict_error", "aws_error", "configuration_error", "database_error", "dynamodb_error", "e2b_error", "e2b_rate_limit_error", "expired_signature_error", "expired_token_error", "forbidden_error", "group_error", "invalid_error", "invalid_flag_error", "invalid_username_error", "mail_error", "member_exists_error", "member_limit_exceeded_error", "migration_lock_timeout_error", "not_found_error", "oauth_config_error", "org_sandbox_capacity_exceeded_error", "bad_gateway_error", "gateway_timeout_error", "s3_error", "server_error", "task_error", "stripe_error", "token_error", "upgrade_required_error", "usage_limit_exceeded_error", "user_verification_error", "validation_error"] }];
var responses = { "200": body0, "400": body1, "401": body1, "403": body1, "404": body1, "409": body1, "422": body1, "426": body1, "429": body1, "500": body1, "502": body1, "504": body1 };
var lists = { "200": lists_body0, "400": lists_body1, "401": lists_body1, "403": lists_body1, "404": lists_body1, "409": lists_body1, "422": lists_body1, "426": lists_body1, "429": lists_body1, "500": lists_body1, "502": lists_body1, "504": lists_body1 };
export {
  lists,
  request,
  responses
};
