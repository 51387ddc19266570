import { z } from "zod";
import { encodingNames } from "@/lib/csv/encodings";

/** How an uploaded file is to be read, where a person chose it. */
export const delimiterSchema = z.enum([",", ";", "\t", "|"]);
export const encodingSchema = z.enum(
  encodingNames as [(typeof encodingNames)[number], ...typeof encodingNames],
);
