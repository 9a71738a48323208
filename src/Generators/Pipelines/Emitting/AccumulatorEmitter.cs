using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>Writes the accumulator of an <c>Aggregate(g => …)</c>, what each record does to it, and its codec.</summary>
internal static class AccumulatorEmitter
{
    public static void Emit(SourceWriter writer, string? file, GroupAggregateModel group, AggregateNames names)
    {
        var fields = new AccumulatorFields(group);
        writer.Line();
        using (writer.Open($"file struct {names.Accumulator}"))
        {
            foreach (var field in fields.All)
            {
                writer.Line($"public {field.Type} {field.Name};");
            }

            Add(writer, file, group, fields, names);
            if (group.CanMerge)
            {
                Merge(writer, group, fields, names);
            }
        }

        Codec(writer, [.. fields.All], names);
    }

    private static void Add(SourceWriter writer, string? file, GroupAggregateModel group, AccumulatorFields fields, AggregateNames names)
    {
        var kept = new KeptEmitter(writer, file, group, names.Accumulator);
        var captured = CapturedText.Parameters(group.Captured, CapturedText.InAggregate);
        writer.Line().Line(FunctionEmitter.Inlining);
        using (writer.Open($"public static void Add(ref {names.Accumulator} __pane, in {group.Record} value0{captured})"))
        {
            for (var position = 0; position < group.Kept.Count; position++)
            {
                kept.Emit(group.Kept[position], fields.Of(position));
            }
        }

        kept.Methods();
    }

    private static void Merge(SourceWriter writer, GroupAggregateModel group, AccumulatorFields fields, AggregateNames names)
    {
        writer.Line();
        using (writer.Open($"public static void Merge(ref {names.Accumulator} __pane, in {names.Accumulator} __other)"))
        {
            for (var position = 0; position < group.Kept.Count; position++)
            {
                Merge(writer, group.Kept[position], fields.Of(position), fields.Of(position, "__other"));
            }
        }
    }

    // What failed first stays failed; what failed later failed behind all that was kept before.
    private static void Merge(SourceWriter writer, KeptModel kept, KeptFields own, KeptFields other)
    {
        if (kept.Failed is null)
        {
            writer.Line(KeptText.Merge(kept, own, other));
            return;
        }

        using (writer.Open($"if (!{own.HasFailed})"))
        {
            writer.Line(KeptText.Merge(kept, own, other));
            writer.Line($"{own.Failed} = {other.Failed};");
            writer.Line($"{own.HasFailed} = {other.HasFailed};");
        }

        writer.Line();
    }

    private static void Codec(SourceWriter writer, AccumulatorField[] fields, AggregateNames names)
    {
        writer.Line();
        using (writer.Open($"file sealed class {names.Codec} : Codec<{names.Accumulator}>"))
        {
            foreach (var field in fields)
            {
                writer.Line($"private readonly Codec<{field.Stored}> _{field.Name} = "
                    + $"Codecs.Of<{field.Stored}>();");
            }

            var schemas = string.Join(", ", fields.Select((field, i) =>
                SchemaOf(field, fields.Take(i).Count(other => other.Label == field.Label))));
            writer.Line().Line($"public override Schema Schema => new(\"accumulator\", [{schemas}])");
            writer.Line("{").Line("    Kind = SchemaKind.Accumulator,").Line("};");
            writer.Line();
            using (writer.Open($"public override void Write(ref global::MessagePack.MessagePackWriter writer, in {names.Accumulator} "
                + "value)"))
            {
                writer.Line(FormattableString.Invariant($"writer.WriteArrayHeader({fields.Length});"));
                foreach (var field in fields)
                {
                    Write(writer, field);
                }
            }

            writer.Line();
            using (writer.Open($"public override {names.Accumulator} Read(ref global::MessagePack.MessagePackReader reader)"))
            {
                writer.Line($"var value = default({names.Accumulator});");
                writer.Line(FormattableString.Invariant(
                    $"Wire.WireReading.ReadArrayOf(ref reader, {fields.Length});"));
                foreach (var field in fields)
                {
                    Read(writer, field);
                }

                writer.Line("return value;");
            }
        }
    }

    private static string SchemaOf(AccumulatorField field, int same)
    {
        var label = CSharpNames.Literal(same == 0 ? field.Label : FormattableString.Invariant($"{field.Label}#{same + 1}"));
        return field.Form switch
        {
            FieldForm.Set => $"new({label}, new(\"set\", [new(\"item\", _{field.Name}.Schema)]) {{ Kind = global::Weir.SchemaKind.Set }})",
            FieldForm.Nullable =>
                $"new({label}, new(\"nullable\", [new(\"value\", _{field.Name}.Schema)]) {{ Kind = global::Weir.SchemaKind.Nullable }})",
            _ => $"new({label}, _{field.Name}.Schema)",
        };
    }


    private static void Write(SourceWriter writer, AccumulatorField field)
    {
        if (field.Form == FieldForm.Nullable)
        {
            var item = $"item{field.Name}";
            using (writer.Open($"if (value.{field.Name} is {{ }} {item})"))
            {
                writer.Line($"_{field.Name}.Write(ref writer, in {item});");
            }

            using (writer.Open("else"))
            {
                writer.Line("writer.WriteNil();");
            }

            writer.Line();
            return;
        }

        if (field.Form == FieldForm.Value)
        {
            writer.Line($"_{field.Name}.Write(ref writer, in value.{field.Name});");
            return;
        }

        // Nothing is ever removed from it: a set that only grew enumerates in the order of arrival, in every process.
        writer.Line($"writer.WriteArrayHeader(value.{field.Name}.Count);");
        using (writer.Open($"foreach (var item in value.{field.Name})"))
        {
            writer.Line($"_{field.Name}.Write(ref writer, in item);");
        }
    }

    private static void Read(SourceWriter writer, AccumulatorField field)
    {
        if (field.Form == FieldForm.Nullable)
        {
            writer.Line($"value.{field.Name} = reader.TryReadNil() ? null : _{field.Name}.Read(ref reader);");
            return;
        }

        if (field.Form == FieldForm.Value)
        {
            writer.Line($"value.{field.Name} = _{field.Name}.Read(ref reader);");
            return;
        }

        writer.Line($"value.{field.Name} = new {field.Type}();");
        using (writer.Open("for (var left = reader.ReadArrayHeader(); left > 0; left--)"))
        {
            writer.Line($"value.{field.Name}.Add(_{field.Name}.Read(ref reader));");
        }
    }
}
