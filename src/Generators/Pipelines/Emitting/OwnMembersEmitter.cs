using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>Writes the copies of private members that the functions of a pipeline use.</summary>
internal static class OwnMembersEmitter
{
    /// <summary>The class that holds them.</summary>
    public const string Class = "Own";

    public static void Emit(SourceWriter writer, IEnumerable<OwnMemberModel> members)
    {
        var all = members.GroupBy(static member => member.Name, StringComparer.Ordinal)
            .OrderBy(static same => same.Key, StringComparer.Ordinal)
            .Select(static same => same.First())
            .ToArray();
        if (all.Length == 0)
        {
            return;
        }

        writer.Line().Line("/// <summary>Copies of private members, which only their own types can reach.</summary>");
        using (writer.Open($"file static class {Class}"))
        {
            foreach (var member in all)
            {
                switch (member)
                {
                    case OwnFieldModel field:
                        writer.Line($"public static readonly {field.Type} {field.Name} = {BodyText.Constant(field.Value)};");
                        break;
                    case OwnMethodModel method:
                        Method(writer, method);
                        break;
                }
            }
        }
    }

    private static void Method(SourceWriter writer, OwnMethodModel method)
    {
        var parameters = method.ParameterTypes.Zip(method.ParameterNames, static (type, name) => $"{type} {name}");
        var header = $"public static {method.Type} {method.Name}({string.Join(", ", parameters)})";
        FunctionEmitter.Body(writer, method.File, method.Span, header, method.Body, [.. method.ParameterNames]);
    }
}
