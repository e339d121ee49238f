/** Placeholder until agent MATH's file is here. */
export function one(): i32 {
  return 1;
}
