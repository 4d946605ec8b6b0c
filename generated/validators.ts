// Written by `npm run generate` from openapi/openapi.yaml. Do not edit.

/**
 * Told of each violation: where it is (a JSON pointer), the rule it breaks (a JSON Schema keyword)
 * and the value of that rule where it helps, such as the bound or the type.
 */
export type Report = (path: string, rule: string, expected?: string | number | boolean) => void;

export function validateTrainingCatalogResponse(data: any, report: Report): void {

if(isObject(data)){
if(data.limit === undefined){
report("/limit", "required");
}
if(data.total === undefined){
report("/total", "required");
}
if(data.limit !== undefined){
let data0 = data.limit;
if(!(Number.isSafeInteger(data0))){
report("/limit", "type", "integer");
}
if(Number.isFinite(data0)){
if(data0 < 1){
report("/limit", "minimum", 1);
}
}
}
if(data.models !== undefined){
let data1 = data.models;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(isObject(data2)){
if(data2.context_length === undefined){
report("/models/" + i0+"/context_length", "required");
}
if(data2.display_name === undefined){
report("/models/" + i0+"/display_name", "required");
}
if(data2.family === undefined){
report("/models/" + i0+"/family", "required");
}
if(data2.size_b === undefined){
report("/models/" + i0+"/size_b", "required");
}
if(data2.supported_algorithms === undefined){
report("/models/" + i0+"/supported_algorithms", "required");
}
if(data2.tinker_id === undefined){
report("/models/" + i0+"/tinker_id", "required");
}
if(data2.type === undefined){
report("/models/" + i0+"/type", "required");
}
if(data2.tinker_id !== undefined){
if(typeof data2.tinker_id !== "string"){
report("/models/" + i0+"/tinker_id", "type", "string");
}
}
if(data2.display_name !== undefined){
if(typeof data2.display_name !== "string"){
report("/models/" + i0+"/display_name", "type", "string");
}
}
if(data2.family !== undefined){
let data5 = data2.family;
if(typeof data5 !== "string"){
report("/models/" + i0+"/family", "type", "string");
}
if(!["llama", "qwen"].includes(data5)){
report("/models/" + i0+"/family", "enum");
}
}
if(data2.type !== undefined){
let data6 = data2.type;
if(typeof data6 !== "string"){
report("/models/" + i0+"/type", "type", "string");
}
if(!["dense", "moe"].includes(data6)){
report("/models/" + i0+"/type", "enum");
}
}
if(data2.size_b !== undefined){
let data7 = data2.size_b;
if(Number.isFinite(data7)){
if(data7 < 0.1){
report("/models/" + i0+"/size_b", "minimum", 0.1);
}
}
else {
report("/models/" + i0+"/size_b", "type", "number");
}
}
if(data2.context_length !== undefined){
let data8 = data2.context_length;
if(!(Number.isSafeInteger(data8))){
report("/models/" + i0+"/context_length", "type", "integer");
}
if(Number.isFinite(data8)){
if(data8 < 1){
report("/models/" + i0+"/context_length", "minimum", 1);
}
}
}
if(data2.extended_context !== undefined){
if(typeof data2.extended_context !== "boolean"){
report("/models/" + i0+"/extended_context", "type", "boolean");
}
}
if(data2.supported_algorithms !== undefined){
let data10 = data2.supported_algorithms;
if(Array.isArray(data10)){
const len1 = data10.length;
for(let i1=0; i1<len1; i1++){
let data11 = data10[i1];
if(typeof data11 !== "string"){
report("/models/" + i0+"/supported_algorithms/" + i1, "type", "string");
}
if(!["sft", "importance_sampling", "ppo"].includes(data11)){
report("/models/" + i0+"/supported_algorithms/" + i1, "enum");
}
}
}
else {
report("/models/" + i0+"/supported_algorithms", "type", "array");
}
}
if(data2.pricing !== undefined){
let data12 = data2.pricing;
if((!(isObject(data12))) && (data12 !== null)){
report("/models/" + i0+"/pricing", "type", "object or null");
}
if(isObject(data12)){
if(data12.prefill !== undefined){
let data13 = data12.prefill;
if((!(Number.isFinite(data13))) && (data13 !== null)){
report("/models/" + i0+"/pricing/prefill", "type", "number or null");
}
}
if(data12.sample !== undefined){
let data14 = data12.sample;
if((!(Number.isFinite(data14))) && (data14 !== null)){
report("/models/" + i0+"/pricing/sample", "type", "number or null");
}
}
if(data12.train !== undefined){
let data15 = data12.train;
if((!(Number.isFinite(data15))) && (data15 !== null)){
report("/models/" + i0+"/pricing/train", "type", "number or null");
}
}
}
}
}
else {
report("/models/" + i0, "type", "object");
}
}
}
else {
report("/models", "type", "array");
}
}
if(data.total !== undefined){
let data16 = data.total;
if(!(Number.isSafeInteger(data16))){
report("/total", "type", "integer");
}
}
}
else {
report("", "type", "object");
}
}

export function validateTrainingModel(data: any, report: Report): void {

if(isObject(data)){
if(data.context_length === undefined){
report("/context_length", "required");
}
if(data.display_name === undefined){
report("/display_name", "required");
}
if(data.family === undefined){
report("/family", "required");
}
if(data.size_b === undefined){
report("/size_b", "required");
}
if(data.supported_algorithms === undefined){
report("/supported_algorithms", "required");
}
if(data.tinker_id === undefined){
report("/tinker_id", "required");
}
if(data.type === undefined){
report("/type", "required");
}
if(data.tinker_id !== undefined){
if(typeof data.tinker_id !== "string"){
report("/tinker_id", "type", "string");
}
}
if(data.display_name !== undefined){
if(typeof data.display_name !== "string"){
report("/display_name", "type", "string");
}
}
if(data.family !== undefined){
let data2 = data.family;
if(typeof data2 !== "string"){
report("/family", "type", "string");
}
if(!["llama", "qwen"].includes(data2)){
report("/family", "enum");
}
}
if(data.type !== undefined){
let data3 = data.type;
if(typeof data3 !== "string"){
report("/type", "type", "string");
}
if(!["dense", "moe"].includes(data3)){
report("/type", "enum");
}
}
if(data.size_b !== undefined){
let data4 = data.size_b;
if(Number.isFinite(data4)){
if(data4 < 0.1){
report("/size_b", "minimum", 0.1);
}
}
else {
report("/size_b", "type", "number");
}
}
if(data.context_length !== undefined){
let data5 = data.context_length;
if(!(Number.isSafeInteger(data5))){
report("/context_length", "type", "integer");
}
if(Number.isFinite(data5)){
if(data5 < 1){
report("/context_length", "minimum", 1);
}
}
}
if(data.extended_context !== undefined){
if(typeof data.extended_context !== "boolean"){
report("/extended_context", "type", "boolean");
}
}
if(data.supported_algorithms !== undefined){
let data7 = data.supported_algorithms;
if(Array.isArray(data7)){
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if(typeof data8 !== "string"){
report("/supported_algorithms/" + i0, "type", "string");
}
if(!["sft", "importance_sampling", "ppo"].includes(data8)){
report("/supported_algorithms/" + i0, "enum");
}
}
}
else {
report("/supported_algorithms", "type", "array");
}
}
if(data.pricing !== undefined){
let data9 = data.pricing;
if((!(isObject(data9))) && (data9 !== null)){
report("/pricing", "type", "object or null");
}
if(isObject(data9)){
if(data9.prefill !== undefined){
let data10 = data9.prefill;
if((!(Number.isFinite(data10))) && (data10 !== null)){
report("/pricing/prefill", "type", "number or null");
}
}
if(data9.sample !== undefined){
let data11 = data9.sample;
if((!(Number.isFinite(data11))) && (data11 !== null)){
report("/pricing/sample", "type", "number or null");
}
}
if(data9.train !== undefined){
let data12 = data9.train;
if((!(Number.isFinite(data12))) && (data12 !== null)){
report("/pricing/train", "type", "number or null");
}
}
}
}
}
else {
report("", "type", "object");
}
}

export function validateAPIErrorPayload(data: any, report: Report): void {

if(isObject(data)){
if(data.code === undefined){
report("/code", "required");
}
if(data.detail === undefined){
report("/detail", "required");
}
if(data.type === undefined){
report("/type", "required");
}
if(data.code !== undefined){
let data0 = data.code;
if(!(Number.isSafeInteger(data0))){
report("/code", "type", "integer");
}
if(![400, 401, 403, 404, 409, 422, 426, 429, 500, 502, 504].includes(data0)){
report("/code", "enum");
}
}
if(data.detail !== undefined){
if(typeof data.detail !== "string"){
report("/detail", "type", "string");
}
}
if(data.errors !== undefined){
let data2 = data.errors;
if((!(Array.isArray(data2))) && (data2 !== null)){
report("/errors", "type", "array or null");
}
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(isObject(data3)){
if(data3.loc === undefined){
report("/errors/" + i0+"/loc", "required");
}
if(data3.msg === undefined){
report("/errors/" + i0+"/msg", "required");
}
if(data3.type === undefined){
report("/errors/" + i0+"/type", "required");
}
if(data3.loc !== undefined){
let data4 = data3.loc;
if(Array.isArray(data4)){
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
let data5 = data4[i1];
if((typeof data5 !== "string") && (!(Number.isSafeInteger(data5)))){
report("/errors/" + i0+"/loc/" + i1, "type", "string or integer");
}
}
}
else {
report("/errors/" + i0+"/loc", "type", "array");
}
}
if(data3.msg !== undefined){
if(typeof data3.msg !== "string"){
report("/errors/" + i0+"/msg", "type", "string");
}
}
if(data3.type !== undefined){
if(typeof data3.type !== "string"){
report("/errors/" + i0+"/type", "type", "string");
}
}
}
else {
report("/errors/" + i0, "type", "object");
}
}
}
}
if(data.type !== undefined){
let data8 = data.type;
if(typeof data8 !== "string"){
report("/type", "type", "string");
}
if(!["already_exists_error", "app_error", "authentication_error", "conflict_error", "aws_error", "configuration_error", "database_error", "dynamodb_error", "e2b_error", "e2b_rate_limit_error", "expired_signature_error", "expired_token_error", "forbidden_error", "group_error", "invalid_error", "invalid_flag_error", "invalid_username_error", "mail_error", "member_exists_error", "member_limit_exceeded_error", "migration_lock_timeout_error", "not_found_error", "oauth_config_error", "org_sandbox_capacity_exceeded_error", "bad_gateway_error", "gateway_timeout_error", "s3_error", "server_error", "task_error", "stripe_error", "token_error", "upgrade_required_error", "usage_limit_exceeded_error", "user_verification_error", "validation_error"].includes(data8)){
report("/type", "enum");
}
}
}
else {
report("", "type", "object");
}
}

export function validateQuery(data: any, report: Report): void {

if(isObject(data)){
for(const key0 of Object.keys(data)){
if(!["query", "family", "algorithm", "min_size_b", "max_size_b", "limit"].includes(key0)){
report("/"+key0, "additionalProperties");
}
}
if(data.query !== undefined){
let data0 = data.query;
if((typeof data0 !== "string") && (data0 !== null)){
report("/query", "type", "string or null");
}
}
if(data.family !== undefined){
let data1 = data.family;
if((typeof data1 !== "string") && (data1 !== null)){
report("/family", "type", "string or null");
}
}
if(data.algorithm !== undefined){
let data2 = data.algorithm;
if((typeof data2 !== "string") && (data2 !== null)){
report("/algorithm", "type", "string or null");
}
}
if(data.min_size_b !== undefined){
let data3 = data.min_size_b;
if((!(Number.isFinite(data3))) && (data3 !== null)){
report("/min_size_b", "type", "number or null");
}
}
if(data.max_size_b !== undefined){
let data4 = data.max_size_b;
if((!(Number.isFinite(data4))) && (data4 !== null)){
report("/max_size_b", "type", "number or null");
}
}
if(data.limit !== undefined){
let data5 = data.limit;
if(!(Number.isSafeInteger(data5))){
report("/limit", "type", "integer");
}
if(Number.isFinite(data5)){
if(data5 > 100){
report("/limit", "maximum", 100);
}
if(data5 < 1){
report("/limit", "minimum", 1);
}
}
}
}
else {
report("", "type", "object");
}
}

function isObject(data: any): boolean {
return data && typeof data == "object" && !Array.isArray(data);
}
