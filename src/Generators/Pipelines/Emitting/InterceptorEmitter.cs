using System.Globalization;
using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>Writes the interceptors: each calls the verb that it stands for and attaches the loops that end there.</summary>
internal static class InterceptorEmitter
{
    public static void Emit(SourceWriter writer, KernelsModel kernels, EquatableArray<LocationModel> locations)
    {
        if (kernels.OfferingClass is not null)
        {
            // The interceptors are in another file: those of the helper methods that call the verbs.
            writer.Line();
            using (writer.Open($"internal static class {AttachmentEmitter.OfferingClass}"))
            {
                Offer(writer, "internal", kernels);
            }

            writer.Line("}");
            return;
        }

        File(writer, "Interceptors", () =>
        {
            foreach (var attachment in kernels.Attachments)
            {
                Interceptor(writer, attachment.Verb, attachment.Stage, attachment.Signature, locations[attachment.Stage], () =>
                {
                    foreach (var span in attachment.Spans)
                    {
                        writer.Line($"stream.Job.Graph.Attach({Back(span.Back)}, {span.Span});");
                    }

                    Mark(writer, attachment.Mark, attachment.HasStageBehind);
                    if (attachment.Offers)
                    {
                        writer.Line("Offer(stream.Job.Graph);");
                    }
                });
            }

            if (kernels.Offers.Count > 0)
            {
                Offer(writer, "private", kernels);
            }
        });
    }

    /// <summary>Writes the interceptors of calls in helper methods.</summary>
    public static void Emit(SourceWriter writer, IEnumerable<MarkedCallModel> calls)
    {
        writer.Line().Line("namespace Weir.Generated").Line("{");
        File(writer, "Marks", () => Marks(writer, calls));
    }

    private static void Marks(SourceWriter writer, IEnumerable<MarkedCallModel> calls)
    {
        var ordinal = 0;
        foreach (var call in calls)
        {
            Interceptor(writer, call.Mark.Verb, ordinal++, call.Mark.Signature, call.Location, () =>
            {
                Mark(writer, call.Mark.Site, call.Mark.HasStageBehind);
                foreach (var offering in call.OfferingClasses)
                {
                    writer.Line($"global::{offering}.Offer(stream.Job.Graph);");
                }
            });
        }
    }

    // Closes the namespace that it begins in.
    private static void File(SourceWriter writer, string name, Action members)
    {
        writer.Line();
        using (writer.Open($"file static class {name}"))
        {
            members();
        }

        writer.Line("}");

        writer.Line();
        using (writer.Open("namespace System.Runtime.CompilerServices"))
        {
            writer.Line("""
                [global::System.AttributeUsage(global::System.AttributeTargets.Method, AllowMultiple = true)]
                file sealed class InterceptsLocationAttribute(int version, string data) : global::System.Attribute;
                """);
        }
    }

    private static void Interceptor(
        SourceWriter writer, string verb, int ordinal, VerbSignatureModel signature, LocationModel location, Action attach)
    {
        var generics = signature.TypeParameters.Count == 0 ? "" : $"<{string.Join(", ", signature.TypeParameters)}>";
        writer.Line(FormattableString.Invariant(
            $"[global::System.Runtime.CompilerServices.InterceptsLocation({location.Version}, \"{location.Data}\")]"));
        var declared = string.Concat(signature.Parameters
            .Select(static parameter => $", {parameter.Type} {CSharpNames.Escape(parameter.Name)}"));
        var passed = signature.Parameters.Select(static parameter =>
            (parameter.Type.StartsWith("out ", StringComparison.Ordinal) ? "out " : "") + CSharpNames.Escape(parameter.Name));
        var receiver = signature.IsExtension ? "source" : "job";
        var call = signature.IsExtension
            ? $"global::Weir.StreamVerbs.{verb}({string.Join(", ", passed.Prepend(receiver))})"
            : $"{receiver}.{verb}({string.Join(", ", passed)})";
        using (writer.Open($"public static {signature.Returns} {verb}{ordinal.ToString(CultureInfo.InvariantCulture)}{generics}"
            + $"(this {signature.Receiver} {receiver}{declared})"
            + string.Concat(signature.Constraints.Select(static clause => " " + clause))))
        {
            writer.Line($"var stream = {call};");
            attach();
            writer.Line("return stream;");
        }

        writer.Line();
    }

    private static void Mark(SourceWriter writer, string? site, bool hasStageBehind)
    {
        if (site is not null)
        {
            writer.Line($"stream.Job.Graph.Mark({(hasStageBehind ? Back([0]) : "stream.Stage")}, {CSharpNames.Literal(site)});");
        }
    }

    private static void Offer(SourceWriter writer, string access, KernelsModel kernels)
    {
        using (writer.Open($"{access} static void Offer(global::Weir.Graph.PipelineGraph graph)"))
        {
            foreach (var offer in kernels.Offers)
            {
                writer.Line($"graph.Offer({offer.Span}, {string.Join(", ", offer.Sites.Select(CSharpNames.Literal))});");
            }
        }
    }

    private static string Back(IEnumerable<int> slots) =>
        "stream.Stage" + string.Concat(slots.Select(static slot => FormattableString.Invariant($".Inputs[{slot}].Stage")));
}
