using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;

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
        var methods = new List<Action>();
        writer.Line().Line(FunctionEmitter.Inlining);
        using (writer.Open($"public static void Add(ref {names.Accumulator} __pane, in {group.Record} value0)"))
        {
            var ordinal = 0;
            for (var position = 0; position < group.Kept.Count; position++)
            {
                Update(writer, file, group.Kept[position], fields.Of(position), methods, ref ordinal);
            }
        }

        foreach (var method in methods)
        {
            method();
        }
    }

    private static void Merge(SourceWriter writer, GroupAggregateModel group, AccumulatorFields fields, AggregateNames names)
    {
        writer.Line();
        using (writer.Open($"public static void Merge(ref {names.Accumulator} __pane, in {names.Accumulator} __other)"))
        {
            for (var position = 0; position < group.Kept.Count; position++)
            {
                writer.Line(KeptText.Merge(group.Kept[position], fields.Of(position), fields.Of(position, "__other")));
            }
        }
    }

    private static void Update(
        SourceWriter writer, string? file, KeptModel kept, KeptFields own, List<Action> methods, ref int ordinal)
    {
        var element = "value0";
        var nested = new Stack<SourceWriter.Block>();
        foreach (var step in kept.Steps)
        {
            var name = FormattableString.Invariant($"Step{++ordinal}");
            var answer = FunctionEmitter.Call(step.Function, name, element);
            if (step is MapStepModel map)
            {
                var selected = FormattableString.Invariant($"value{ordinal}");
                methods.Add(() => FunctionEmitter.Method(writer, file, step.Function, name, map.Out, step.In));
                FunctionEmitter.Statement(writer, file, $"{map.Out ?? "var"} {selected} = {answer};");
                element = selected;
            }
            else
            {
                methods.Add(() => FunctionEmitter.Method(writer, file, step.Function, name, "bool", step.In));
                var isKept = step is FilterStepModel { IsNegated: true } ? answer with { Text = $"!({answer.Text})" } : answer;
                FunctionEmitter.Statement(writer, file, $"if ({isKept})");
                nested.Push(writer.Open());
            }
        }

        var extra = Extra(writer, file, kept, own, element, methods, ref ordinal);
        writer.Line(KeptText.Update(kept, own, element, extra));
        while (nested.Count > 0)
        {
            nested.Pop().Dispose();
        }
    }

    // Computes what a further function answers for the element: the key of MinBy, the fold of Aggregate.
    private static string? Extra(
        SourceWriter writer, string? file, KeptModel kept, KeptFields own, string element, List<Action> methods, ref int ordinal)
    {
        if (kept is not (ExtremeByModel or FoldModel))
        {
            return null;
        }

        var name = FormattableString.Invariant($"Step{++ordinal}");
        var extra = FormattableString.Invariant($"extra{ordinal}");
        switch (kept)
        {
            case ExtremeByModel by:
                methods.Add(() => FunctionEmitter.Method(writer, file, by.Key, name, by.KeyType.Name, by.Element.Name));
                FunctionEmitter.Statement(writer, file, $"{by.KeyType.Name} {extra} = {FunctionEmitter.Call(by.Key, name, element)};");
                break;
            case FoldModel fold:
                methods.Add(() => FunctionEmitter.Method(writer, file, fold.Fold, name, fold.Type.Name, fold.Type.Name, fold.Element));
                FunctionEmitter.Statement(
                    writer, file, $"{fold.Type.Name} {extra} = {FunctionEmitter.Call(fold.Fold, name, own.Value, element)};");
                break;
        }

        return extra;
    }

    private static void Codec(SourceWriter writer, AccumulatorField[] fields, AggregateNames names)
    {
        writer.Line();
        using (writer.Open($"file sealed class {names.Codec} : global::Weir.Codec<{names.Accumulator}>"))
        {
            foreach (var field in fields)
            {
                writer.Line($"private readonly global::Weir.Codec<{field.Stored}> _{field.Name} = "
                    + $"global::Weir.Codecs.Of<{field.Stored}>();");
            }

            var schemas = string.Join(", ", fields.Select(SchemaOf));
            writer.Line().Line($"public override global::Weir.Schema Schema => new(\"accumulator\", [{schemas}]);");
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
                    $"global::Weir.Wire.WireReading.ReadArrayOf(ref reader, {fields.Length});"));
                foreach (var field in fields)
                {
                    Read(writer, field);
                }

                writer.Line("return value;");
            }
        }
    }

    private static string SchemaOf(AccumulatorField field) => field.Form switch
    {
        FieldForm.Set => $"new(\"{field.Name}\", new(\"set\", [new(\"item\", _{field.Name}.Schema)]))",
        FieldForm.Nullable => $"new(\"{field.Name}\", new(\"nullable\", [new(\"item\", _{field.Name}.Schema)]))",
        _ => $"new(\"{field.Name}\", _{field.Name}.Schema)",
    };

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
