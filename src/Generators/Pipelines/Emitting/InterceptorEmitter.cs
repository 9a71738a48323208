using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>Writes the interceptors: each calls the verb that it stands for and attaches the loops that end there.</summary>
internal static class InterceptorEmitter
{
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
        var signature = attachment.Signature;
        var generics = string.Join(", ", signature.TypeParameters);
        var ordinal = attachment.Stage.ToString(System.Globalization.CultureInfo.InvariantCulture);
        writer.Line(FormattableString.Invariant(
            $"[global::System.Runtime.CompilerServices.InterceptsLocation({location.Version}, \"{location.Data}\")]"));
        var declared = string.Concat(signature.Parameters.Select(static parameter => $", {parameter.Type} {parameter.Name}"));
        var passed = string.Concat(signature.Parameters.Select(static parameter => $", {parameter.Name}"));
        using (writer.Open($"public static {signature.Returns} {attachment.Verb}{ordinal}<{generics}>(this {signature.Receiver} "
            + $"source{declared})"))
        {
            writer.Line($"var stream = global::Weir.StreamVerbs.{attachment.Verb}(source{passed});");
            foreach (var span in attachment.Spans)
            {
                writer.Line($"stream.Job.Graph.Attach(stream.Stage, new {span}());");
            }

            writer.Line("return stream;");
        }

        writer.Line();
    }
}
