using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>Writes the interceptors: each calls the verb that it stands for and attaches the loops that end there.</summary>
internal static class InterceptorEmitter
{
    private const string Stream = "global::Weir.Stream";
    private const string Func = "global::System.Func";

    public static void Emit(SourceWriter writer, KernelsModel kernels, EquatableArray<LocationModel> locations)
    {
        writer.Line();
        using (writer.Open("namespace Weir.Generated"))
        {
            using (writer.Open($"file static class {kernels.Name}_Interceptors"))
            {
                foreach (var attachment in kernels.Attachments)
                {
                    Interceptor(writer, attachment, locations[attachment.Stage]);
                }
            }
        }

        writer.Line();
        using (writer.Open("namespace System.Runtime.CompilerServices"))
        {
            writer.Line("""
                [global::System.AttributeUsage(global::System.AttributeTargets.Method, AllowMultiple = true)]
                file sealed class InterceptsLocationAttribute(int version, string data) : global::System.Attribute;
                """);
        }
    }

    private static void Interceptor(SourceWriter writer, AttachmentModel attachment, LocationModel location)
    {
        var (name, generics, result, receiver, parameters) = Signature(attachment);
        var ordinal = attachment.Stage.ToString(System.Globalization.CultureInfo.InvariantCulture);
        writer.Line(FormattableString.Invariant($"[global::System.Runtime.CompilerServices.InterceptsLocation({location.Version}, \"{location.Data}\")]"));
        var declared = string.Concat(parameters.Select(static parameter => $", {parameter.Type} {parameter.Name}"));
        var passed = string.Concat(parameters.Select(static parameter => $", {parameter.Name}"));
        using (writer.Open($"public static {result} {name}{ordinal}<{generics}>(this {receiver} source{declared})"))
        {
            writer.Line($"var stream = global::Weir.StreamVerbs.{name}(source{passed});");
            foreach (var span in attachment.Spans)
            {
                writer.Line($"stream.Job.Graph.Attach(stream.Stage, new {span}());");
            }

            writer.Line("return stream;");
        }

        writer.Line();
    }

    private static (string Name, string Generics, string Result, string Receiver, (string Type, string Name)[] Parameters) Signature(AttachmentModel attachment) =>
        attachment.Kind switch
        {
            StageKind.WithEventTime =>
                ("WithEventTime", "T", $"{Stream}<T>", $"{Stream}<T>", [($"{Func}<T, {attachment.TimeType}>", "time"), ("global::System.TimeSpan", "maxDisorder")]),
            StageKind.Where => ("Where", "T", $"{Stream}<T>", $"{Stream}<T>", [($"{Func}<T, bool>", "predicate")]),
            StageKind.Select => ("Select", "T, TOut", $"{Stream}<TOut>", $"{Stream}<T>", [($"{Func}<T, TOut>", "selector")]),
            StageKind.SelectMany =>
                ("SelectMany", "T, TOut", $"{Stream}<TOut>", $"{Stream}<T>", [($"{Func}<T, global::System.Collections.Generic.IEnumerable<TOut>>", "selector")]),
            StageKind.KeyBy => ("KeyBy", "T, TKey", "global::Weir.KeyedStream<T, TKey>", $"{Stream}<T>", [($"{Func}<T, TKey>", "key")]),
            StageKind.Aggregate => Aggregate(attachment.AggregateKind),
            _ => throw new InvalidOperationException($"No loop ends in {attachment.Kind}."),
        };

    private static (string Name, string Generics, string Result, string Receiver, (string Type, string Name)[] Parameters) Aggregate(AggregateKind kind)
    {
        const string Receiver = "global::Weir.WindowedStream<T, TKey>";
        return kind switch
        {
            AggregateKind.Group => ("Aggregate", "T, TKey, TOut", $"{Stream}<TOut>", Receiver, [($"{Func}<global::Weir.WindowGroup<TKey, T>, TOut>", "result")]),
            AggregateKind.Custom => ("Aggregate", "T, TKey, TAcc, TOut", $"{Stream}<TOut>", Receiver, [("global::Weir.IAggregate<T, TAcc, TOut>", "aggregate")]),
            _ => ("Aggregate", "T, TKey, TAcc, TValue, TOut", $"{Stream}<TOut>", Receiver,
                [("global::Weir.IAggregate<T, TAcc, TValue>", "aggregate"), ($"{Func}<TKey, global::Weir.TimeWindow, TValue, TOut>", "result")]),
        };
    }
}
