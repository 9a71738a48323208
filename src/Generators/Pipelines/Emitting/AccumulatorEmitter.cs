using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>Writes the accumulator of an <c>Aggregate(g => …)</c>, what each record does to it, and its codec.</summary>
internal static class AccumulatorEmitter
{
    public static void Emit(SourceWriter writer, PipelineModel pipeline, int stage, StageModel keyBy)
    {
        var aggregate = pipeline.Stages[stage].Aggregate!;
        var names = AggregateNames.Of(pipeline, stage, keyBy);
        writer.Line();
        using (writer.Open($"file struct {names.Accumulator}"))
        {
            foreach (var field in aggregate.Fields)
            {
                writer.Line($"public {TypeOf(field)} {field.Name};");
            }

            Add(writer, pipeline, aggregate, names);
            if (aggregate.Merges is { } merges)
            {
                Merge(writer, merges, names);
            }
        }

        Codec(writer, aggregate, names);
    }

    /// <summary>The type of a field.</summary>
    public static string TypeOf(AccumulatorFieldModel field) =>
        field.IsSet ? $"global::System.Collections.Generic.HashSet<{field.Type}>" : field.Type;

    private static void Add(SourceWriter writer, PipelineModel pipeline, AggregateModel aggregate, AggregateNames names)
    {
        var methods = new List<Action>();
        writer.Line().Line("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]");
        using (writer.Open($"public static void Add(ref {names.Accumulator} __pane, in {aggregate.Record} value0)"))
        {
            var ordinal = 0;
            foreach (var update in aggregate.Updates)
            {
                Update(writer, pipeline.File, update, methods, ref ordinal);
            }
        }

        foreach (var method in methods)
        {
            method();
        }
    }

    private static void Merge(SourceWriter writer, EquatableArray<string> merges, AggregateNames names)
    {
        writer.Line();
        using (writer.Open($"public static void Merge(ref {names.Accumulator} __pane, in {names.Accumulator} __other)"))
        {
            foreach (var merge in merges)
            {
                writer.Line(merge);
            }
        }
    }

    private static void Update(SourceWriter writer, string? file, UpdateModel update, List<Action> methods, ref int ordinal)
    {
        var element = "value0";
        var nested = new Stack<SourceWriter.Block>();
        foreach (var step in update.Steps)
        {
            var name = FormattableString.Invariant($"Step{++ordinal}");
            methods.Add(() => FunctionEmitter.Method(writer, file, step.Function, name, step.IsFilter ? "bool" : step.Out, step.In));
            if (step.IsFilter)
            {
                FunctionEmitter.Statement(writer, file, $"if ({FunctionEmitter.Call(step.Function, name, element)})");
                nested.Push(writer.Open());
            }
            else
            {
                var selected = FormattableString.Invariant($"value{ordinal}");
                FunctionEmitter.Statement(
                    writer,
                    file,
                    $"{(step.Out.Length == 0 ? "var" : step.Out)} {selected} = {FunctionEmitter.Call(step.Function, name, element)};");
                element = selected;
            }
        }

        var extra = "";
        if (update.Extra is { } function)
        {
            var name = FormattableString.Invariant($"Step{++ordinal}");
            extra = FormattableString.Invariant($"extra{ordinal}");
            string[] types = update.Folds.Length == 0 ? [update.Element] : [update.ExtraType, update.Element];
            string[] arguments = update.Folds.Length == 0 ? [element] : [update.Folds, element];
            methods.Add(() => FunctionEmitter.Method(writer, file, function, name, update.ExtraType, types));
            FunctionEmitter.Statement(writer, file, $"{update.ExtraType} {extra} = {FunctionEmitter.Call(function, name, arguments)};");
        }

        writer.Line(update.Statement.Replace(Placeholder.Of(0), element).Replace(Placeholder.Of(1), extra));
        while (nested.Count > 0)
        {
            nested.Pop().Dispose();
        }
    }

    private static void Codec(SourceWriter writer, AggregateModel aggregate, AggregateNames names)
    {
        writer.Line();
        using (writer.Open($"file sealed class {names.Codec} : global::Weir.Codec<{names.Accumulator}>"))
        {
            foreach (var field in aggregate.Fields)
            {
                writer.Line($"private readonly global::Weir.Codec<{field.Stored}> _{field.Name} = "
                    + $"global::Weir.Codecs.Of<{field.Stored}>();");
            }

            writer.Line().Line($"public override global::Weir.Schema Schema => new(\"accumulator\", [{string.Join(", ", aggregate.Fields.Select(SchemaOf))}]);");
            writer.Line();
            using (writer.Open($"public override void Write(ref global::MessagePack.MessagePackWriter writer, in {names.Accumulator} "
                + "value)"))
            {
                writer.Line(FormattableString.Invariant($"writer.WriteArrayHeader({aggregate.Fields.Count});"));
                foreach (var field in aggregate.Fields)
                {
                    Write(writer, field);
                }
            }

            writer.Line();
            using (writer.Open($"public override {names.Accumulator} Read(ref global::MessagePack.MessagePackReader reader)"))
            {
                writer.Line($"var value = default({names.Accumulator});");
                writer.Line(FormattableString.Invariant(
                    $"global::Weir.Wire.WireReading.ReadArrayOf(ref reader, {aggregate.Fields.Count});"));
                foreach (var field in aggregate.Fields)
                {
                    Read(writer, field);
                }

                writer.Line("return value;");
            }
        }
    }

    private static string SchemaOf(AccumulatorFieldModel field) =>
        field.IsSet ? $"new(\"{field.Name}\", new(\"set\", [new(\"item\", _{field.Name}.Schema)]))"
        : field.IsNullable ? $"new(\"{field.Name}\", new(\"nullable\", [new(\"item\", _{field.Name}.Schema)]))"
        : $"new(\"{field.Name}\", _{field.Name}.Schema)";

    private static void Write(SourceWriter writer, AccumulatorFieldModel field)
    {
        if (field.IsNullable)
        {
            var item = $"item{field.Name}";
            writer.Line($"if (value.{field.Name} is {{ }} {item})\n{{\n    _{field.Name}.Write(ref writer, in {item});\n}}\nelse\n{{\n    writer.WriteNil();\n}}\n");
            return;
        }

        if (!field.IsSet)
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

    private static void Read(SourceWriter writer, AccumulatorFieldModel field)
    {
        if (field.IsNullable)
        {
            writer.Line($"value.{field.Name} = reader.TryReadNil() ? null : _{field.Name}.Read(ref reader);");
            return;
        }

        if (!field.IsSet)
        {
            writer.Line($"value.{field.Name} = _{field.Name}.Read(ref reader);");
            return;
        }

        writer.Line($"value.{field.Name} = new {TypeOf(field)}();");
        using (writer.Open("for (var left = reader.ReadArrayHeader(); left > 0; left--)"))
        {
            writer.Line($"value.{field.Name}.Add(_{field.Name}.Read(ref reader));");
        }
    }
}
