CREATE TABLE "audit_image" (
	"audit_id" uuid NOT NULL,
	"image_id" text NOT NULL,
	"seq" integer,
	"name" text NOT NULL,
	"owner" text,
	"status" text NOT NULL,
	"visibility" text NOT NULL,
	"hidden" boolean NOT NULL,
	"created_at" text NOT NULL,
	"updated_at" text NOT NULL,
	"side" text NOT NULL,
	"via" jsonb NOT NULL,
	"state" text NOT NULL,
	"code" text,
	"members" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"had_members" boolean DEFAULT false NOT NULL,
	CONSTRAINT "audit_image_audit_id_image_id_pk" PRIMARY KEY("audit_id","image_id")
);
--> statement-breakpoint
CREATE TABLE "audit_policy" (
	"cloud" text NOT NULL,
	"keeper" text NOT NULL,
	"policy" jsonb NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "audit_policy_cloud_keeper_pk" PRIMARY KEY("cloud","keeper")
);
--> statement-breakpoint
CREATE TABLE "audit_project" (
	"audit_id" uuid NOT NULL,
	"project_id" text NOT NULL,
	"name" text,
	"domain_id" text,
	"domain_name" text,
	"standing" text NOT NULL,
	CONSTRAINT "audit_project_audit_id_project_id_pk" PRIMARY KEY("audit_id","project_id")
);
--> statement-breakpoint
CREATE TABLE "audit_snapshot" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cloud" text NOT NULL,
	"region" text NOT NULL,
	"domain_id" text NOT NULL,
	"project_id" text NOT NULL,
	"project_name" text NOT NULL,
	"user_id" text NOT NULL,
	"user_name" text NOT NULL,
	"session_id_hash" text,
	"reach" text NOT NULL,
	"sources" jsonb NOT NULL,
	"state" text NOT NULL,
	"pause_reason" text,
	"code" text,
	"cancel_requested" boolean DEFAULT false NOT NULL,
	"wait_until" timestamp with time zone,
	"calls_per_second" integer,
	"attempt" integer DEFAULT 0 NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"markers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"is_listed" boolean DEFAULT false NOT NULL,
	"is_truncated" boolean DEFAULT false NOT NULL,
	"images_listed" integer DEFAULT 0 NOT NULL,
	"images_read" integer DEFAULT 0 NOT NULL,
	"images_refused" integer DEFAULT 0 NOT NULL,
	"members" integer DEFAULT 0 NOT NULL,
	"calls" integer DEFAULT 0 NOT NULL,
	"active_ms" integer DEFAULT 0 NOT NULL,
	"idempotency_key" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"note" text DEFAULT '' NOT NULL,
	"signed_off_by" text,
	"signed_off_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "read_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_image_in_order" ON "audit_image" USING btree ("audit_id","seq");--> statement-breakpoint
CREATE INDEX "audit_image_waiting" ON "audit_image" USING btree ("audit_id","image_id") WHERE "audit_image"."state" = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "audit_once" ON "audit_snapshot" USING btree ("cloud","user_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "audit_of_region" ON "audit_snapshot" USING btree ("cloud","region","created_at");--> statement-breakpoint
CREATE INDEX "audit_of_session" ON "audit_snapshot" USING btree ("session_id_hash");--> statement-breakpoint
CREATE INDEX "activity_in_order" ON "activity" USING btree ("cloud","at","id");--> statement-breakpoint
CREATE INDEX "activity_of_act" ON "activity" USING btree ("act");--> statement-breakpoint
CREATE FUNCTION "keep_activity"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the activity log is append-only'; END $$;--> statement-breakpoint
CREATE TRIGGER "keep_activity" BEFORE UPDATE OR DELETE ON "activity" FOR EACH ROW EXECUTE FUNCTION "keep_activity"();
