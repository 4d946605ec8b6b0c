// Written by `npm run generate` from the contract. Do not edit.
"use strict";
export const request = validate0;

function validate0(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.query !== undefined){
let data0 = data.query;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key0 in data0){
if(!((((((key0 === "query") || (key0 === "family")) || (key0 === "algorithm")) || (key0 === "min_size_b")) || (key0 === "max_size_b")) || (key0 === "limit"))){
const err0 = {instancePath:instancePath+"/query",schemaPath:"#/properties/query/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data0.query !== undefined){
let data1 = data0.query;
if((typeof data1 !== "string") && (data1 !== null)){
const err1 = {instancePath:instancePath+"/query/query",schemaPath:"#/properties/query/properties/query/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data0.family !== undefined){
let data2 = data0.family;
if((typeof data2 !== "string") && (data2 !== null)){
const err2 = {instancePath:instancePath+"/query/family",schemaPath:"#/properties/query/properties/family/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data0.algorithm !== undefined){
let data3 = data0.algorithm;
if((typeof data3 !== "string") && (data3 !== null)){
const err3 = {instancePath:instancePath+"/query/algorithm",schemaPath:"#/properties/query/properties/algorithm/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data0.min_size_b !== undefined){
let data4 = data0.min_size_b;
if((!((typeof data4 == "number") && (isFinite(data4)))) && (data4 !== null)){
const err4 = {instancePath:instancePath+"/query/min_size_b",schemaPath:"#/properties/query/properties/min_size_b/type",keyword:"type",params:{type: "number"}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data0.max_size_b !== undefined){
let data5 = data0.max_size_b;
if((!((typeof data5 == "number") && (isFinite(data5)))) && (data5 !== null)){
const err5 = {instancePath:instancePath+"/query/max_size_b",schemaPath:"#/properties/query/properties/max_size_b/type",keyword:"type",params:{type: "number"}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data0.limit !== undefined){
let data6 = data0.limit;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err6 = {instancePath:instancePath+"/query/limit",schemaPath:"#/properties/query/properties/limit/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 100 || isNaN(data6)){
const err7 = {instancePath:instancePath+"/query/limit",schemaPath:"#/properties/query/properties/limit/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data6 < 1 || isNaN(data6)){
const err8 = {instancePath:instancePath+"/query/limit",schemaPath:"#/properties/query/properties/limit/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
}
else {
const err9 = {instancePath:instancePath+"/query",schemaPath:"#/properties/query/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
validate0.errors = vErrors;
return errors === 0;
}

export const check_TrainingCatalogResponse = validate1;

function validate1(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.limit === undefined) && (missing0 = "limit")) || ((data.total === undefined) && (missing0 = "total"))){
validate1.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.limit !== undefined){
let data0 = data.limit;
const _errs1 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
validate1.errors = [{instancePath:instancePath+"/limit",schemaPath:"#/properties/limit/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs1){
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 9007199254740991 || isNaN(data0)){
validate1.errors = [{instancePath:instancePath+"/limit",schemaPath:"#/properties/limit/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991}}];
return false;
}
else {
if(data0 < 1 || isNaN(data0)){
validate1.errors = [{instancePath:instancePath+"/limit",schemaPath:"#/properties/limit/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.models !== undefined){
let data1 = data.models;
const _errs3 = errors;
if(errors === _errs3){
if(Array.isArray(data1)){
var valid1 = true;
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
const _errs5 = errors;
if(errors === _errs5){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
let missing1;
if((((((((data2.context_length === undefined) && (missing1 = "context_length")) || ((data2.display_name === undefined) && (missing1 = "display_name"))) || ((data2.family === undefined) && (missing1 = "family"))) || ((data2.size_b === undefined) && (missing1 = "size_b"))) || ((data2.supported_algorithms === undefined) && (missing1 = "supported_algorithms"))) || ((data2.tinker_id === undefined) && (missing1 = "tinker_id"))) || ((data2.type === undefined) && (missing1 = "type"))){
validate1.errors = [{instancePath:instancePath+"/models/" + i0,schemaPath:"#/properties/models/items/required",keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
if(data2.tinker_id !== undefined){
const _errs7 = errors;
if(typeof data2.tinker_id !== "string"){
validate1.errors = [{instancePath:instancePath+"/models/" + i0+"/tinker_id",schemaPath:"#/properties/models/items/properties/tinker_id/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs7 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data2.display_name !== undefined){
const _errs9 = errors;
if(typeof data2.display_name !== "string"){
validate1.errors = [{instancePath:instancePath+"/models/" + i0+"/display_name",schemaPath:"#/properties/models/items/properties/display_name/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs9 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data2.family !== undefined){
let data5 = data2.family;
const _errs11 = errors;
if(typeof data5 !== "string"){
validate1.errors = [{instancePath:instancePath+"/models/" + i0+"/family",schemaPath:"#/properties/models/items/properties/family/type",keyword:"type",params:{type: "string"}}];
return false;
}
if((data5 !== "llama") && (data5 !== "qwen")){
this?.note?.("#/components/schemas/TrainingModel/properties/family", instancePath+"/models/" + i0+"/family", data5);
}
var valid2 = _errs11 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data2.type !== undefined){
let data6 = data2.type;
const _errs13 = errors;
if(typeof data6 !== "string"){
validate1.errors = [{instancePath:instancePath+"/models/" + i0+"/type",schemaPath:"#/properties/models/items/properties/type/type",keyword:"type",params:{type: "string"}}];
return false;
}
if((data6 !== "dense") && (data6 !== "moe")){
this?.note?.("#/components/schemas/TrainingModel/properties/type", instancePath+"/models/" + i0+"/type", data6);
}
var valid2 = _errs13 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data2.size_b !== undefined){
let data7 = data2.size_b;
const _errs15 = errors;
if(errors === _errs15){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 0.1 || isNaN(data7)){
validate1.errors = [{instancePath:instancePath+"/models/" + i0+"/size_b",schemaPath:"#/properties/models/items/properties/size_b/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0.1}}];
return false;
}
}
else {
validate1.errors = [{instancePath:instancePath+"/models/" + i0+"/size_b",schemaPath:"#/properties/models/items/properties/size_b/type",keyword:"type",params:{type: "number"}}];
return false;
}
}
var valid2 = _errs15 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data2.context_length !== undefined){
let data8 = data2.context_length;
const _errs17 = errors;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
validate1.errors = [{instancePath:instancePath+"/models/" + i0+"/context_length",schemaPath:"#/properties/models/items/properties/context_length/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs17){
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 > 9007199254740991 || isNaN(data8)){
validate1.errors = [{instancePath:instancePath+"/models/" + i0+"/context_length",schemaPath:"#/properties/models/items/properties/context_length/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991}}];
return false;
}
else {
if(data8 < 1 || isNaN(data8)){
validate1.errors = [{instancePath:instancePath+"/models/" + i0+"/context_length",schemaPath:"#/properties/models/items/properties/context_length/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1}}];
return false;
}
}
}
}
var valid2 = _errs17 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data2.extended_context !== undefined){
const _errs19 = errors;
if(typeof data2.extended_context !== "boolean"){
validate1.errors = [{instancePath:instancePath+"/models/" + i0+"/extended_context",schemaPath:"#/properties/models/items/properties/extended_context/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid2 = _errs19 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data2.supported_algorithms !== undefined){
let data10 = data2.supported_algorithms;
const _errs21 = errors;
if(errors === _errs21){
if(Array.isArray(data10)){
var valid3 = true;
const len1 = data10.length;
for(let i1=0; i1<len1; i1++){
let data11 = data10[i1];
const _errs23 = errors;
if(typeof data11 !== "string"){
validate1.errors = [{instancePath:instancePath+"/models/" + i0+"/supported_algorithms/" + i1,schemaPath:"#/properties/models/items/properties/supported_algorithms/items/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(((data11 !== "sft") && (data11 !== "importance_sampling")) && (data11 !== "ppo")){
this?.note?.("#/components/schemas/TrainingModel/properties/supported_algorithms/items", instancePath+"/models/" + i0+"/supported_algorithms/" + i1, data11);
}
var valid3 = _errs23 === errors;
if(!valid3){
break;
}
}
}
else {
validate1.errors = [{instancePath:instancePath+"/models/" + i0+"/supported_algorithms",schemaPath:"#/properties/models/items/properties/supported_algorithms/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid2 = _errs21 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data2.pricing !== undefined){
let data12 = data2.pricing;
const _errs25 = errors;
if((!(data12 && typeof data12 == "object" && !Array.isArray(data12))) && (data12 !== null)){
validate1.errors = [{instancePath:instancePath+"/models/" + i0+"/pricing",schemaPath:"#/properties/models/items/properties/pricing/type",keyword:"type",params:{type: "object"}}];
return false;
}
if(errors === _errs25){
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(data12.prefill !== undefined){
let data13 = data12.prefill;
const _errs28 = errors;
if((!((typeof data13 == "number") && (isFinite(data13)))) && (data13 !== null)){
validate1.errors = [{instancePath:instancePath+"/models/" + i0+"/pricing/prefill",schemaPath:"#/properties/models/items/properties/pricing/properties/prefill/type",keyword:"type",params:{type: "number"}}];
return false;
}
var valid4 = _errs28 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data12.sample !== undefined){
let data14 = data12.sample;
const _errs31 = errors;
if((!((typeof data14 == "number") && (isFinite(data14)))) && (data14 !== null)){
validate1.errors = [{instancePath:instancePath+"/models/" + i0+"/pricing/sample",schemaPath:"#/properties/models/items/properties/pricing/properties/sample/type",keyword:"type",params:{type: "number"}}];
return false;
}
var valid4 = _errs31 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data12.train !== undefined){
let data15 = data12.train;
const _errs34 = errors;
if((!((typeof data15 == "number") && (isFinite(data15)))) && (data15 !== null)){
validate1.errors = [{instancePath:instancePath+"/models/" + i0+"/pricing/train",schemaPath:"#/properties/models/items/properties/pricing/properties/train/type",keyword:"type",params:{type: "number"}}];
return false;
}
var valid4 = _errs34 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
var valid2 = _errs25 === errors;
}
else {
var valid2 = true;
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
}
else {
validate1.errors = [{instancePath:instancePath+"/models/" + i0,schemaPath:"#/properties/models/items/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid1 = _errs5 === errors;
if(!valid1){
break;
}
}
}
else {
validate1.errors = [{instancePath:instancePath+"/models",schemaPath:"#/properties/models/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.total !== undefined){
let data16 = data.total;
const _errs37 = errors;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
validate1.errors = [{instancePath:instancePath+"/total",schemaPath:"#/properties/total/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs37){
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 > 9007199254740991 || isNaN(data16)){
validate1.errors = [{instancePath:instancePath+"/total",schemaPath:"#/properties/total/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991}}];
return false;
}
else {
if(data16 < -9007199254740991 || isNaN(data16)){
validate1.errors = [{instancePath:instancePath+"/total",schemaPath:"#/properties/total/minimum",keyword:"minimum",params:{comparison: ">=", limit: -9007199254740991}}];
return false;
}
}
}
}
var valid0 = _errs37 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate1.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate1.errors = vErrors;
return errors === 0;
}

export const check_APIErrorPayload = validate2;

function validate2(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.code === undefined) && (missing0 = "code")) || ((data.detail === undefined) && (missing0 = "detail"))) || ((data.type === undefined) && (missing0 = "type"))){
validate2.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.code !== undefined){
let data0 = data.code;
const _errs1 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
validate2.errors = [{instancePath:instancePath+"/code",schemaPath:"#/properties/code/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(((((((((((data0 !== 400) && (data0 !== 401)) && (data0 !== 403)) && (data0 !== 404)) && (data0 !== 409)) && (data0 !== 422)) && (data0 !== 426)) && (data0 !== 429)) && (data0 !== 500)) && (data0 !== 502)) && (data0 !== 504)){
this?.note?.("#/components/schemas/APIErrorPayload/properties/code", instancePath+"/code", data0);
}
if(errors === _errs1){
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 9007199254740991 || isNaN(data0)){
validate2.errors = [{instancePath:instancePath+"/code",schemaPath:"#/properties/code/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991}}];
return false;
}
else {
if(data0 < -9007199254740991 || isNaN(data0)){
validate2.errors = [{instancePath:instancePath+"/code",schemaPath:"#/properties/code/minimum",keyword:"minimum",params:{comparison: ">=", limit: -9007199254740991}}];
return false;
}
}
}
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.detail !== undefined){
const _errs3 = errors;
if(typeof data.detail !== "string"){
validate2.errors = [{instancePath:instancePath+"/detail",schemaPath:"#/properties/detail/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.errors !== undefined){
let data2 = data.errors;
const _errs5 = errors;
if((!(Array.isArray(data2))) && (data2 !== null)){
validate2.errors = [{instancePath:instancePath+"/errors",schemaPath:"#/properties/errors/type",keyword:"type",params:{type: "array"}}];
return false;
}
if(errors === _errs5){
if(Array.isArray(data2)){
var valid1 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
const _errs8 = errors;
if(errors === _errs8){
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
let missing1;
if((((data3.loc === undefined) && (missing1 = "loc")) || ((data3.msg === undefined) && (missing1 = "msg"))) || ((data3.type === undefined) && (missing1 = "type"))){
validate2.errors = [{instancePath:instancePath+"/errors/" + i0,schemaPath:"#/properties/errors/items/required",keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
if(data3.loc !== undefined){
let data4 = data3.loc;
const _errs10 = errors;
if(errors === _errs10){
if(Array.isArray(data4)){
var valid3 = true;
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
let data5 = data4[i1];
const _errs12 = errors;
const _errs13 = errors;
let valid4 = false;
const _errs14 = errors;
if(typeof data5 !== "string"){
const err0 = {instancePath:instancePath+"/errors/" + i0+"/loc/" + i1,schemaPath:"#/properties/errors/items/properties/loc/items/anyOf/0/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var _valid0 = _errs14 === errors;
valid4 = valid4 || _valid0;
if(!valid4){
const _errs16 = errors;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err1 = {instancePath:instancePath+"/errors/" + i0+"/loc/" + i1,schemaPath:"#/properties/errors/items/properties/loc/items/anyOf/1/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(errors === _errs16){
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 9007199254740991 || isNaN(data5)){
const err2 = {instancePath:instancePath+"/errors/" + i0+"/loc/" + i1,schemaPath:"#/properties/errors/items/properties/loc/items/anyOf/1/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
else {
if(data5 < -9007199254740991 || isNaN(data5)){
const err3 = {instancePath:instancePath+"/errors/" + i0+"/loc/" + i1,schemaPath:"#/properties/errors/items/properties/loc/items/anyOf/1/minimum",keyword:"minimum",params:{comparison: ">=", limit: -9007199254740991}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
}
var _valid0 = _errs16 === errors;
valid4 = valid4 || _valid0;
}
if(!valid4){
const err4 = {instancePath:instancePath+"/errors/" + i0+"/loc/" + i1,schemaPath:"#/properties/errors/items/properties/loc/items/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
validate2.errors = vErrors;
return false;
}
else {
errors = _errs13;
if(vErrors !== null){
if(_errs13){
vErrors.length = _errs13;
}
else {
vErrors = null;
}
}
}
var valid3 = _errs12 === errors;
if(!valid3){
break;
}
}
}
else {
validate2.errors = [{instancePath:instancePath+"/errors/" + i0+"/loc",schemaPath:"#/properties/errors/items/properties/loc/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid2 = _errs10 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.msg !== undefined){
const _errs18 = errors;
if(typeof data3.msg !== "string"){
validate2.errors = [{instancePath:instancePath+"/errors/" + i0+"/msg",schemaPath:"#/properties/errors/items/properties/msg/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs18 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.type !== undefined){
const _errs20 = errors;
if(typeof data3.type !== "string"){
validate2.errors = [{instancePath:instancePath+"/errors/" + i0+"/type",schemaPath:"#/properties/errors/items/properties/type/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs20 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
else {
validate2.errors = [{instancePath:instancePath+"/errors/" + i0,schemaPath:"#/properties/errors/items/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid1 = _errs8 === errors;
if(!valid1){
break;
}
}
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.type !== undefined){
let data8 = data.type;
const _errs22 = errors;
if(typeof data8 !== "string"){
validate2.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(((((((((((((((((((((((((((((((((((data8 !== "already_exists_error") && (data8 !== "app_error")) && (data8 !== "authentication_error")) && (data8 !== "conflict_error")) && (data8 !== "aws_error")) && (data8 !== "configuration_error")) && (data8 !== "database_error")) && (data8 !== "dynamodb_error")) && (data8 !== "e2b_error")) && (data8 !== "e2b_rate_limit_error")) && (data8 !== "expired_signature_error")) && (data8 !== "expired_token_error")) && (data8 !== "forbidden_error")) && (data8 !== "group_error")) && (data8 !== "invalid_error")) && (data8 !== "invalid_flag_error")) && (data8 !== "invalid_username_error")) && (data8 !== "mail_error")) && (data8 !== "member_exists_error")) && (data8 !== "member_limit_exceeded_error")) && (data8 !== "migration_lock_timeout_error")) && (data8 !== "not_found_error")) && (data8 !== "oauth_config_error")) && (data8 !== "org_sandbox_capacity_exceeded_error")) && (data8 !== "bad_gateway_error")) && (data8 !== "gateway_timeout_error")) && (data8 !== "s3_error")) && (data8 !== "server_error")) && (data8 !== "task_error")) && (data8 !== "stripe_error")) && (data8 !== "token_error")) && (data8 !== "upgrade_required_error")) && (data8 !== "usage_limit_exceeded_error")) && (data8 !== "user_verification_error")) && (data8 !== "validation_error")){
this?.note?.("#/components/schemas/APIErrorPayload/properties/type", instancePath+"/type", data8);
}
var valid0 = _errs22 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate2.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate2.errors = vErrors;
return errors === 0;
}

export const responses = {
  "200": check_TrainingCatalogResponse,
  "400": check_APIErrorPayload,
  "401": check_APIErrorPayload,
  "403": check_APIErrorPayload,
  "404": check_APIErrorPayload,
  "409": check_APIErrorPayload,
  "422": check_APIErrorPayload,
  "426": check_APIErrorPayload,
  "429": check_APIErrorPayload,
  "500": check_APIErrorPayload,
  "502": check_APIErrorPayload,
  "504": check_APIErrorPayload,
};
